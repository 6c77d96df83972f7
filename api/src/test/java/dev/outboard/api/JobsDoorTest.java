package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Cancel;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.view.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsDoorTest {
    private static final String JOBS = "/api/v1/jobs";
    private static final String NOBODY = "jaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private final ObjectMapper mapper = new ObjectMapper();
    private Server server;

    @BeforeEach
    void start() {
        server = new Server("duckdb", "bigquery_query_job_task");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String created() {
        return server.post(JOBS, Server.example("duckdb-report.json")).text("/id");
    }

    @Test
    void createAnswersWithTheJobAndItsPlace() throws Exception {
        var reply = server.post(JOBS, Server.example("duckdb-report.json"));
        assertEquals(201, reply.status());
        var id = reply.text("/id");
        assertEquals(JOBS + "/" + id, reply.header("Location"));
        assertEquals("c3.17", reply.header("Outboard-Position"));
        assertEquals(mapper.readTree("""
                {"id":"%s","task_type":"duckdb","task_type_version":0,"project":"demo","domain":"development",
                 "name":"pricing_summary","state":"QUEUED","phase":"QUEUED","attempt":1,"max_attempts":3,
                 "created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-20T08:00:00Z",
                 "history":[{"state":"QUEUED","attempt":1,"at":"2026-11-20T08:00:00Z"}],"position":"c3.17","rev":1,
                 "incarnation":17}""".formatted(id)), reply.json());
        assertEquals(reply.json(), server.get(JOBS + "/" + id).json());
    }

    @Test
    void flytesRetriesAndTimeoutAreHonoured() {
        server.post(JOBS, Server.example("bigquery.json"));
        assertEquals(3, server.jobs.last.maxAttempts());
        assertEquals(Duration.ofHours(1), server.jobs.last.timeout());
        assertNull(server.jobs.last.key());
        var retries = "{\"template\":{\"type\":\"duckdb\","
                + "\"metadata\":{\"timeout\":\"0s\",\"retries\":{\"retries\":%s}}}}";
        server.post(JOBS, retries.formatted("5"));
        assertEquals(6, server.jobs.last.maxAttempts());
        assertNull(server.jobs.last.timeout());
        server.post(JOBS, retries.formatted("4294967295"));
        assertEquals(10, server.jobs.last.maxAttempts());
    }

    @Test
    void aRepeatedCreateIsReplayedAndAnotherBodyIsRefused() {
        var first = server.post(JOBS, Server.example("duckdb-report.json"), "Idempotency-Key", "k~1");
        var again = server.post(JOBS, Server.example("duckdb-report.json"), "Idempotency-Key", "k~1");
        assertEquals(201, first.status());
        assertEquals("", first.header("Idempotency-Replayed"));
        assertEquals(200, again.status());
        assertEquals("true", again.header("Idempotency-Replayed"));
        assertEquals(first.text("/id"), again.text("/id"));
        var other = server.post(JOBS, Server.example("duckdb-report.json").replace("10000000", "2"), "Idempotency-Key",
                "k~1");
        assertEquals(422, other.status());
        assertEquals("idempotency-conflict", other.text("/code"));
        assertEquals(first.text("/id"), other.text("/job_id"));
    }

    @Test
    void keysAreVisibleAscii() {
        var body = Server.example("duckdb-report.json");
        for (var bad : new String[]{"a b", "a".repeat(256), "k\u00e9y", ""}) {
            var reply = server.raw("POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nIdempotency-Key: " + bad + "\r\nContent-Length: " + body.length()
                    + "\r\n\r\n"
                    + body);
            assertTrue(reply.startsWith("HTTP/1.1 400"), bad + ": " + reply);
            assertTrue(reply.contains("application/problem+json"), reply);
        }
        assertNull(server.jobs.last);
        assertEquals(201, server.post(JOBS, body, "Idempotency-Key", "a".repeat(255)).status());
    }

    @Test
    void everythingKnownIsShown() throws Exception {
        var id = created();
        server.jobs.conditions.add(new Condition(Condition.Type.NO_WORKER, "NotServed", "no worker", FakeJobs.NOW));
        var later = FakeJobs.NOW.plusSeconds(60);
        server.jobs.change(id, job -> new Job(job.id(), 17, 5, job.accepted(), State.FAILED, "over",
                new Attempt(2, 0, 0, null, null, new Handle("duckdb", "0.1", 1, "h"), false, List.of(), 0.25, null),
                List.of(), null, new Cancel("ann", later, "too slow", null),
                new JobError(JobError.Kind.USER, "InvalidQuery", "no", false, "/template/sql/statement", "Mend it.",
                        new PlatformError("BigQuery", "AUTH", "accessDenied", "r-1", "https://x/1")),
                null,
                new Times(later, FakeJobs.NOW, later, later.plusSeconds(1),
                        List.of(new Transition(State.FAILED, 2, later)))));
        var json = server.get(JOBS + "/" + id).json();
        assertEquals(mapper.readTree("""
                [{"type":"NoWorker","reason":"NotServed","message":"no worker","since":"2026-11-20T08:00:00Z"}]"""),
                json.get("conditions"));
        assertEquals(mapper.readTree("""
                {"kind":"USER","code":"InvalidQuery","message":"no","retryable":false,
                 "pointer":"/template/sql/statement","next_step":"Mend it.",
                 "platform":{"name":"BigQuery","category":"AUTH","code":"accessDenied","request_id":"r-1",
                             "link":"https://x/1"}}"""), json.get("error"));
        assertEquals(mapper.readTree("""
                [{"state":"FAILED","attempt":2,"at":"2026-11-20T08:01:00Z"}]"""), json.get("history"));
        assertEquals(mapper.readTree("""
                {"by":"ann","at":"2026-11-20T08:01:00Z","reason":"too slow"}"""), json.get("cancel"));
        assertEquals(mapper.readTree("{\"name\":\"duckdb\",\"version\":\"0.1\"}"), json.get("connector"));
        assertEquals("2026-11-20T08:01:01Z", json.get("expires_at").asText());
        assertEquals("2026-11-20T08:00:00Z", json.get("started_at").asText());
        assertEquals("2026-11-20T08:01:00Z", json.get("ended_at").asText());
        assertEquals(2, json.get("attempt").asInt());
        assertEquals(0.25, json.get("progress").asDouble());
        assertEquals("over", json.get("message").asText());
    }

    @Test
    void cancelIsOwedThenEnded() {
        var id = created();
        var owed = server.post(JOBS + "/" + id + ":cancel", "{\"reason\":\"too slow\"}");
        assertEquals(202, owed.status());
        assertEquals(id, owed.text("/id"));
        assertEquals("c3.17", owed.header("Outboard-Position"));
        assertEquals("too slow", server.jobs.lastCancel.reason());
        assertEquals(202, server.post(JOBS + "/" + id + ":cancel", null).status());
        assertEquals("", server.jobs.lastCancel.reason());
        assertEquals(202, server.send("DELETE", JOBS + "/" + id, (String) null).status());
        server.jobs.change(id, job -> new Job(job.id(), 17, 5, job.accepted(), State.SUCCEEDED, null, job.attempt(),
                List.of(), null, null, null, null, job.times()));
        assertEquals(200, server.send("DELETE", JOBS + "/" + id, (String) null).status());
        assertEquals(200, server.post(JOBS + "/" + id + ":cancel", "{}").status());
    }

    @Test
    void unknownJobsAre404() {
        for (var id : new String[]{NOBODY, "17", "j"}) {
            assertEquals("unknown-job", server.get(JOBS + "/" + id).text("/code"));
            assertEquals(404, server.send("DELETE", JOBS + "/" + id, (String) null).status());
            assertEquals(404, server.post(JOBS + "/" + id + ":cancel", "{}").status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"reason\":1}|/reason", "{\"because\":\"x\"}|\"\"",
            "[]|\"\"", "{\"reason\":\"x\",\"force\":true}|\"\""})
    void aCancelsBodyIsAReasonOrNothing(String body, String pointer) {
        var reply = server.post(JOBS + "/" + created() + ":cancel", body);
        assertEquals(400, reply.status());
        assertEquals(pointer.replace("\"", ""), reply.json().at("/violations/0/pointer").asText("none"));
        assertNull(server.jobs.lastCancel);
    }

    @Test
    void aReasonIsBounded() {
        var path = JOBS + "/" + created() + ":cancel";
        assertEquals(202, server.post(path, "{\"reason\":\"" + "x".repeat(1024) + "\"}").status());
        assertEquals(400, server.post(path, "{\"reason\":\"" + "é".repeat(513) + "\"}").status());
        assertEquals("malformed-json", server.post(path, "{").text("/code"));
    }

    @Test
    void positionsComeByQueryOrHeader() {
        var id = created();
        assertEquals(200, server.get(JOBS + "/" + id + "?position=s3.9").status());
        assertEquals(new Position(Position.Log.STATE, 3, 9), server.jobs.asked);
        assertEquals(200, server.get(JOBS + "/" + id, "Outboard-Position", "c3.17").status());
        assertEquals(new Position(Position.Log.COMMANDS, 3, 17), server.jobs.asked);
        server.get(JOBS + "/" + id);
        assertNull(server.jobs.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "x3.17", "c3", "c3.17.1", "c-1.2", "c3.99999999999999999999"})
    void malformedPositionsAre400(String position) {
        assertEquals(400, server.get(JOBS + "/" + created() + "?position=" + position).status());
    }

    @Test
    void typesAndVersionsMustBeKnown() {
        var type = server.post(JOBS, Server.example("bad/unknown-type.json"));
        assertEquals(404, type.status());
        assertTrue(type.text("/detail").endsWith("known are: bigquery_query_job_task, duckdb"), type.text("/detail"));
        assertEquals("unknown-version",
                server.post(JOBS, "{\"template\":{\"type\":\"duckdb\",\"task_type_version\":7}}").text("/code"));
        var odd = server.post(JOBS, "{\"template\":{\"type\":\"" + "x".repeat(5000) + "\"}}");
        assertEquals(404, odd.status());
        assertFalse(odd.json().toString().contains("xxx"));
    }

    @Test
    void unknownMembersAreRefusedHere() {
        var reply = server.post(JOBS, "{\"template\":{\"type\":\"duckdb\",\"sqll\":{}}}");
        assertEquals(400, reply.status());
        assertEquals("/template/sqll", reply.text("/violations/0/pointer"));
    }

    @Test
    void secretValuesAreRefused() {
        var reply = server.post(JOBS,
                "{\"template\":{\"type\":\"duckdb\"},\"connection\":{\"secrets\":{\"token\":\"hunter2\"}}}");
        assertEquals(400, reply.status());
        assertEquals("secret-value", reply.text("/code"));
        assertEquals("/connection/secrets", reply.text("/violations/0/pointer"));
        assertTrue(reply.text("/next").contains("OUTBOARD_SECRET_<NAME>"), reply.text("/next"));
        assertFalse(reply.text().contains("hunter2"));
        assertNull(server.jobs.last, "nothing is written");
    }

    @Test
    void taskTypesAreListedByName() throws Exception {
        var type = """
                {"task_type":"%s","versions":[0],"connector":{"name":"%s-connector","version":"1.2"},
                 "guarantee":"NONE","served":true,"partitions":8}""";
        var expected = "{\"task_types\":[" + type.replace("%s", "bigquery_query_job_task") + ","
                + type.replace("%s", "duckdb") + "]}";
        assertEquals(mapper.readTree(expected), server.get("/api/v1/task-types").json());
    }
}
