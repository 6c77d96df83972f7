package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.job.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolveDoorTest {
    private static final String JOBS = "/api/v1/jobs";
    private Server server;
    private String id;
    private String path;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
        id = server.post(JOBS, Server.example("duckdb-report.json")).text("/id");
        path = JOBS + "/" + id + ":resolve";
        server.jobs.move(id, State.SUBMITTING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachVerdictIsTaken() {
        var taken = server.post(path, "{\"created\":{\"handle\":\"h-1\",\"version\":3},\"attempt\":1}");
        assertEquals(202, taken.status());
        assertEquals(id, taken.text("/id"));
        assertEquals("s3.2", taken.header("Outboard-Position"));
        assertEquals(new Verdict.Created(new Handle("", "", 3, "h-1")), server.jobs.lastVerdict);
        assertEquals("anonymous (jobs door)", server.jobs.lastVerdictBy);
        assertEquals(202, server.post(path, "{\"created\":{\"handle\":\"h-1\"}}").status());
        assertEquals(new Verdict.Created(new Handle("", "", 1, "h-1")), server.jobs.lastVerdict);
        assertEquals(202, server.post(path, "{\"never_created\":true}").status());
        assertEquals(new Verdict.NeverCreated(), server.jobs.lastVerdict);
        assertEquals(202, server.post(path, "{\"failed\":\"account deleted\"}").status());
        assertEquals(new Verdict.Failed("account deleted"), server.jobs.lastVerdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}|``", "[]|``", "{\"created\":{},\"failed\":\"x\"}|``",
            "{\"undone\":true}|``", "{\"attempt\":1}|``", "{\"never_created\":false}|/never_created",
            "{\"never_created\":\"yes\"}|/never_created", "{\"failed\":\"  \"}|/failed", "{\"failed\":1}|/failed",
            "{\"created\":\"h\"}|/created", "{\"created\":{}}|/created/handle",
            "{\"created\":{\"handle\":\"h\",\"name\":\"n\"}}|/created",
            "{\"created\":{\"handle\":\"h\",\"version\":0}}|/created/version",
            "{\"created\":{\"handle\":\"h\",\"version\":1.5}}|/created/version",
            "{\"failed\":\"x\",\"attempt\":\"1\"}|/attempt"})
    void aBodySaysExactlyOneThing(String body, String pointer) {
        var reply = server.post(path, body);
        assertEquals(400, reply.status(), reply.text());
        assertEquals(pointer, reply.json().at("/violations/0/pointer").asText("none"));
        assertNull(server.jobs.lastVerdict);
    }

    @Test
    void aReasonIsBounded() {
        assertEquals(202, server.post(path, "{\"failed\":\"" + "x".repeat(1024) + "\"}").status());
        assertEquals(400, server.post(path, "{\"failed\":\"" + "é".repeat(513) + "\"}").status());
        assertEquals("malformed-json", server.post(path, "{").text("/code"));
        assertEquals("malformed-json", server.post(path, null).text("/code"));
    }

    @Test
    void whatDoesNotFitIsRefusedWithANextStep() {
        var other = server.post(path, "{\"failed\":\"x\",\"attempt\":2}");
        assertEquals(409, other.status());
        assertEquals("job " + id + " is SUBMITTING in attempt 1, not 2", other.text("/detail"));
        server.jobs.move(id, State.QUEUED);
        var queued = server.post(path, "{\"never_created\":true}");
        assertEquals(409, queued.status());
        assertTrue(queued.text("/detail").endsWith("nothing of this attempt has been asked of the platform"));
        assertEquals("Cancel it if it is not wanted any more.", queued.text("/next"));
        server.jobs.move(id, State.RUNNING);
        assertEquals("Cancel it, or resolve it as failed to give it up.",
                server.post(path, "{\"created\":{\"handle\":\"h\"}}").text("/next"));
        server.jobs.move(id, State.FAILED);
        var ended = server.post(path, "{\"failed\":\"x\"}");
        assertEquals("conflict", ended.text("/code"));
        assertEquals("job " + id + " is FAILED: it has ended", ended.text("/detail"));
        assertNull(server.jobs.lastVerdict);
        assertEquals(404, server.post(JOBS + "/jaaaaaaaaaaaaaaaaaaaaaaaaaa:resolve", "{\"failed\":\"x\"}").status());
    }

    @Test
    void troubleWithTheLogIsTold() {
        server.jobs.failure = "LogUnavailable";
        assertEquals("log-unavailable", server.post(path, "{\"failed\":\"x\"}").text("/code"));
        server.jobs.failure = "ResolveBehind";
        assertEquals("not-ready", server.post(path, "{\"failed\":\"x\"}").text("/code"));
        server.jobs.failure = "OutcomeUnknown";
        var blind = server.post(path, "{\"never_created\":true}");
        assertEquals(503, blind.status());
        assertEquals(false, blind.json().get("retryable").asBoolean(), "it might be said of the next attempt");
        assertEquals(true,
                server.post(path, "{\"never_created\":true,\"attempt\":1}").json().get("retryable").asBoolean());
    }

    @Test
    void whoSaidItIsShown() {
        var note = "resolved by ann: created";
        server.jobs.change(id, job -> new Job(job.id(), 17, 5, job.accepted(), State.RUNNING, note,
                new Attempt(1, 0, 0, null, null, new Handle("duckdb", "1", 1, "h"), false, List.of(), null, null),
                List.of(), null, null, null, null,
                new Times(FakeJobs.NOW, FakeJobs.NOW, null, null, List.of(new Transition(State.QUEUED, 1, FakeJobs.NOW),
                        new Transition(State.RUNNING, 1, FakeJobs.NOW, note)))));
        var history = server.get(JOBS + "/" + id).json().get("history");
        assertTrue(history.at("/0/note").isMissingNode());
        assertEquals(note, history.at("/1/note").asText());
    }
}
