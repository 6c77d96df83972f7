package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.view.Letter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LettersDoorTest {
    private static final String LETTERS = "/api/v1/deadletters";
    private static final JobId ID = new JobId(1, 2);
    private static final Bytes VALUE = Bytes.of("hunter2".getBytes(StandardCharsets.UTF_8));

    private Server server;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
        bury("duckdb.c3.17", "duckdb", null, null, "no protobuf");
        var accepted = new Accepted("other", 2, new Tenant("p", "d"), "n", Map.of(), VALUE, 1, null, FakeJobs.NOW);
        bury("other.c0.1", "other", ID, new Input.Create(ID, accepted, 1, null), "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void bury(String place, String taskType, JobId job, Input.Command command, String unreadable) {
        server.jobs.letters.add(new Letter.Opened(new Letter(place, taskType, job, FakeJobs.NOW, "why", VALUE.size()),
                VALUE, command, unreadable));
    }

    @Test
    void lettersAreListedByTaskType() {
        var all = server.get(LETTERS).json().get("dead_letters");
        assertEquals(2, all.size());
        assertTrue(all.at("/0/job_id").isMissingNode(), "its key was no id");
        assertEquals(ID.toString(), all.at("/1/job_id").asText());
        assertEquals("other.c0.1",
                server.get(LETTERS + "?task_type=other").json().at("/dead_letters/0/position").asText());
        assertEquals(1, server.get(LETTERS + "?limit=1").json().get("dead_letters").size());
        for (var bad : new String[]{"0", "501", "x", "-1", ""}) {
            assertEquals(400, server.get(LETTERS + "?limit=" + bad).status(), bad);
        }
    }

    @Test
    void whatCanBeDecodedIsNotShownWhole() {
        for (var query : new String[]{"", "?value=true"}) {
            var shown = server.get(LETTERS + "/other.c0.1" + query);
            assertEquals("create", shown.text("/command/kind"));
            assertEquals("p", shown.text("/command/project"));
            assertTrue(shown.json().path("value").isMissingNode());
            assertFalse(shown.text().contains("hunter2"));
        }
    }

    @Test
    void whatCannotIsShownWhenAskedFor() {
        var shown = server.get(LETTERS + "/duckdb.c3.17");
        assertEquals("no protobuf", shown.text("/unreadable"));
        assertEquals("f52fbd32b2b3b86ff88ef6c490628285f482af15ddcb29541f94bcf526a3f6c7", shown.text("/sha256"));
        assertTrue(shown.json().path("value").isMissingNode());
        assertEquals("aHVudGVyMg==", server.get(LETTERS + "/duckdb.c3.17?value=true").text("/value"));
    }

    @Test
    void aReplayIsTakenWhereItFits() {
        var id = server.post("/api/v1/jobs", Server.example("duckdb-report.json")).text("/id");
        var job = JobId.parse(id).orElseThrow();
        bury("duckdb.c1.1", "duckdb", job, new Input.CancelAsked(job, 17, "ann", ""), "");
        var path = LETTERS + "/duckdb.c1.1:replay";
        var unfit = server.post(path, null);
        assertEquals(409, unfit.status());
        assertEquals("job " + id + " is QUEUED in incarnation 17, which has no use for this command",
                unfit.text("/detail"));
        server.jobs.move(id, State.FAILED);
        var taken = server.post(path, null);
        assertEquals(202, taken.status());
        assertEquals(id, taken.text("/id"));
        assertEquals("s3.2", taken.header("Outboard-Position"));
        assertEquals(202, server.post(path, "{}").status(), "a body says nothing");
        var unreadable = server.post(LETTERS + "/duckdb.c3.17:replay", null);
        assertEquals(409, unreadable.status());
        assertTrue(unreadable.text("/next").startsWith("Upgrade Outboard"));
        for (var place : new String[]{"duckdb.c3.18", "x", "duckdb.s3.17"}) {
            assertEquals(404, server.post(LETTERS + "/" + place + ":replay", null).status(), place);
        }
        server.jobs.failure = "ReplayBehind";
        assertEquals("not-ready", server.post(path, null).text("/code"));
        server.jobs.failure = "OutcomeUnknown";
        assertEquals("outcome-unknown", server.post(path, null).text("/code"));
        server.jobs.failure = "LogUnavailable";
        assertEquals("log-unavailable", server.post(path, null).text("/code"));
    }

    @Test
    void whatIsNotThereIsUnknown() {
        for (var place : new String[]{"duckdb.c3.18", "x", "duckdb.s3.17", "..%2f"}) {
            assertEquals(404, server.get(LETTERS + "/" + place).status(), place);
        }
        server.jobs.failure = "LogUnavailable";
        assertEquals("log-unavailable", server.get(LETTERS).text("/code"));
        assertEquals(503, server.get(LETTERS + "/duckdb.c3.17").status());
    }
}
