package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.TaskType;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginDoorTest {
    private static final String DUCKDB = "/plugins/v1/duckdb/v0";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server("duckdb", "snowflake", "bigquery_query_job_task", "databricks", "kubernetes");
        server.jobs.types.set(1, new TaskType("snowflake", new TreeSet<>(List.of(0, 2)),
                "snowflake", "1", Guarantee.SEARCH, 8, false));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.jobs.failure = null;
        server.jobs.last = null;
    }

    private static String type(String body) throws Exception {
        return MAPPER.readTree(body).at("/template/type").asText();
    }

    private static String created() {
        var reply = server.put(DUCKDB, Server.example("duckdb-report.json"));
        assertEquals(200, reply.status());
        return reply.text("/job_id");
    }

    private static void state(String id, State state, JobError error) {
        server.jobs.change(id, job -> new Job(job.id(), job.incarnation(), job.rev() + 1, job.accepted(), state, "said",
                job.attempt(), List.of(), null, job.cancel(), error, job.outputs(), job.times()));
    }

    @Test
    void everyGoodExampleIsTakenAtItsTypesPath() throws Exception {
        try (var files = Files.list(Server.EXAMPLES)) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                var body = Files.readString(file);
                var reply = server.put("/plugins/v1/" + type(body) + "/v0", body);
                assertEquals(200, reply.status(), () -> file + ": " + reply.json());
                var poll = server.get("/plugins/v1/" + type(body) + "/0?resource_id=" + reply.text("/job_id"));
                assertEquals("running", poll.text("/job_state"));
                assertEquals(type(body), poll.text("/job_spec/template/type"));
                assertFalse(poll.json().at("/job_spec/template").isMissingNode());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"not-json,duckdb,400,malformed-json,", "no-template,duckdb,400,invalid-request,/template",
            "no-statement,duckdb,200,,", "unknown-type,no_such_task_type,404,unknown-task-type,",
            "bad-sql,duckdb,200,,",
            "wrong-type,duckdb,400,invalid-request,/template/sql/statement",
            "snowflake-missing-warehouse,snowflake,200,,",
            "databricks-no-compute,databricks,200,,", "databricks-foreign-host,databricks,200,,",
            "bigquery-missing-project,bigquery_query_job_task,200,,",
            "bigquery-wrong-type,bigquery_query_job_task,200,,",
            "bigquery-no-statement,bigquery_query_job_task,200,,", "snowflake-missing-account,snowflake,200,,",
            "snowflake-unequal-batch,snowflake,200,,", "secret-value,duckdb,400,secret-value,/connection/secrets",
            "databricks-token,databricks,400,secret-value,/template/custom/databricksToken",
            "bad-literal,duckdb,400,invalid-request,/inputs/rows"})
    void badExamplesAnswerAsTheReadmeSays(String file, String type, int status, String code, String pointer) {
        var reply = server.put("/plugins/v1/" + type + "/v0", Server.example("bad/" + file + ".json"));
        assertEquals(status, reply.status(), () -> reply.json().toString());
        if (status != 200) {
            assertEquals("application/problem+json", reply.header("Content-Type"));
            assertEquals("urn:outboard:problem:" + code, reply.text("/type"));
            assertEquals(code, reply.text("/error_code"));
            assertEquals(reply.text("/detail"), reply.text("/message"));
            assertEquals(pointer == null ? "" : pointer, reply.text("/violations/0/pointer"));
            assertNull(server.jobs.last);
            assertFalse(reply.text().contains("do-not-keep"), reply.text());
        }
    }

    @Test
    void unknownTypesAndVersionsNameTheKnown() {
        var type = server.put("/plugins/v1/no_such_task_type/v0", Server.example("bad/unknown-type.json"));
        assertTrue(type.text("/detail").contains("bigquery_query_job_task, databricks, duckdb, kubernetes, snowflake"));
        var version = server.put("/plugins/v1/snowflake/v1", Server.example("snowflake.json"));
        assertEquals(404, version.status());
        assertEquals("unknown-version", version.text("/code"));
        assertTrue(version.text("/detail").endsWith("known are: 0, 2"), version.text("/detail"));
        for (var odd : new String[]{"vv0", "latest", "-1", "99999999999", "v"}) {
            assertEquals("unknown-version", server.put("/plugins/v1/duckdb/" + odd, "{}").text("/code"));
        }
        assertEquals("unknown-task-type", server.get("/plugins/v1/nix/v0?resource_id=x").text("/code"));
    }

    @Test
    void pathAndTemplateMustAgree() {
        var type = server.put(DUCKDB, Server.example("bigquery.json"));
        assertEquals(400, type.status());
        assertEquals("/template/type", type.text("/violations/0/pointer"));
        var version = server.put("/plugins/v1/snowflake/v0",
                "{\"template\":{\"type\":\"snowflake\",\"taskTypeVersion\":2}}");
        assertEquals(400, version.status());
        assertEquals("/template/taskTypeVersion", version.text("/violations/0/pointer"));
        assertEquals(200, server.put("/plugins/v1/snowflake/2", Server.example("snowflake.json")).status());
        assertEquals(2, server.jobs.last.taskTypeVersion());
    }

    @Test
    void handsOverWhatPropellerSent() {
        assertEquals(200,
                server.put("/plugins/v1/bigquery_query_job_task/v0", Server.example("bigquery.json")).status());
        var job = server.jobs.last;
        assertEquals("bigquery_query_job_task", job.taskType());
        assertEquals("flytesnacks", job.tenant().project());
        assertEquals("development", job.tenant().domain());
        assertEquals("sql.bigquery.top_words", job.name());
        assertEquals("n0", job.labels().get("node-id"));
        assertEquals(1, job.maxAttempts());
        assertNull(job.timeout());
        assertTrue(job.key().startsWith("flyte-"), job.key());
    }

    @Test
    void keysComeFromTheHeaderElseFromTheBodyElseThereIsNone() {
        created();
        assertNull(server.jobs.last.key());
        var path = "/plugins/v1/bigquery_query_job_task/v0";
        var first = server.put(path, Server.example("bigquery.json"));
        var again = server.put(path, Server.example("bigquery.json").replace("\n", "\n  "));
        assertEquals(first.text("/job_id"), again.text("/job_id"));
        assertEquals("true", again.header("Idempotency-Replayed"));
        var other = server.put(path, Server.example("bigquery.json"), "Idempotency-Key", "mine");
        assertEquals("mine", server.jobs.last.key());
        assertNotEquals(first.text("/job_id"), other.text("/job_id"));
    }

    @ParameterizedTest
    @CsvSource({"QUEUED,QUEUED,running", "WAITING,WAITING_FOR_RESOURCES,running", "SUBMITTING,INITIALIZING,running",
            "RUNNING,RUNNING,running", "CANCELLING,RUNNING,running", "SUCCEEDED,SUCCEEDED,succeed",
            "FAILED,FAILED,failed", "CANCELLED,ABORTED,failed"})
    void pollTellsPhaseAndState(State state, String phase, String jobState) {
        var id = created();
        state(id, state, state == State.FAILED ? JobError.user("InvalidQuery", "no such table") : null);
        var poll = server.get(DUCKDB + "?resource_id=" + id);
        assertEquals(200, poll.status());
        assertEquals(phase, poll.text("/phase"));
        assertEquals(jobState, poll.text("/job_state"));
        assertEquals(state == State.FAILED ? "InvalidQuery" : state == State.CANCELLED ? "Cancelled" : "",
                poll.text("/error_code"));
        assertEquals(state == State.FAILED ? "no such table" : "said", poll.text("/message"));
    }

    @Test
    void whatHelpsAPersonStandsInTheMessage() {
        var id = created();
        var platform = new PlatformError("BigQuery", "AUTH", "accessDenied", "r-1", "https://x/1");
        state(id, State.FAILED, new JobError(JobError.Kind.USER, "NotAllowed", "may not read t", false, "/template",
                "Grant it.", platform));
        var poll = server.get(DUCKDB + "?resource_id=" + id);
        assertEquals("NotAllowed", poll.text("/error_code"));
        assertEquals("may not read t\nBigQuery: accessDenied, request r-1, see https://x/1\nnext: Grant it.",
                poll.text("/message"));
        state(id, State.FAILED, new JobError(JobError.Kind.SYSTEM, "Busy", "later", true, null, null,
                new PlatformError("Snowflake", "TRANSIENT", null, null, null)));
        assertEquals("later\nSnowflake", server.get(DUCKDB + "?resource_id=" + id).text("/message"));
    }

    @Test
    void retryableFailuresHaveTheirOwnPhase() {
        var id = created();
        state(id, State.FAILED, new JobError(JobError.Kind.SYSTEM, "WorkerLost", "gone", true, null));
        assertEquals("RETRYABLE_FAILED", server.get(DUCKDB + "?job_id=" + id).text("/phase"));
    }

    @Test
    void pollShowsAllThatIsKnown() throws Exception {
        var id = created();
        var outputs = LiteralMap.newBuilder()
                .putLiterals("n", Literal.newBuilder()
                        .setScalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setInteger(7)))
                        .build())
                .build();
        var info = Struct.newBuilder()
                .putFields("cluster", Value.newBuilder().setStringValue("c").build())
                .putFields("rows", Value.newBuilder().setNumberValue(225).build())
                .putFields("share", Value.newBuilder().setNumberValue(0.25).build())
                .build();
        server.jobs.change(id, job -> new Job(job.id(), 17, 9, job.accepted(), State.SUCCEEDED, null,
                new Attempt(1, 0, 0, null, null, null, false, List.of(new Link("console", "https://x")), 0.5,
                        Bytes.of(info.toByteArray())),
                List.of(), null, null, null, new Outputs.Inline(Bytes.of(outputs.toByteArray())), job.times()));
        var poll = server.get(DUCKDB + "?resource_id=" + id);
        assertEquals(MAPPER.readTree("{\"n\":{\"scalar\":{\"primitive\":{\"integer\":\"7\"}}}}"),
                poll.json().get("outputs"));
        assertEquals(MAPPER.readTree("{\"cluster\":\"c\",\"rows\":225,\"share\":0.25}").toString(),
                poll.json().get("custom_info").toString(), "whole numbers are shown whole");
        assertEquals("https://x", poll.text("/log_links/0/uri"));
        assertEquals(0.5, poll.json().get("progress").asDouble());
        assertEquals("10000000", poll.text("/job_spec/inputs/literals/rows/scalar/primitive/integer"));
        assertEquals("", poll.text("/message"));
    }

    @Test
    void outputsTooLargeToBeShownAreToldByTheirPlace() {
        var id = created();
        server.jobs.change(id, job -> new Job(job.id(), 17, 9, job.accepted(), State.SUCCEEDED, null, job.attempt(),
                List.of(), null, null, null, new Outputs.Stored("s3://b/run/outputs.pb", 5_000_000_000L), job.times()));
        for (var path : List.of(DUCKDB + "?resource_id=" + id, "/api/v1/jobs/" + id)) {
            var poll = server.get(path);
            assertEquals("s3://b/run/outputs.pb", poll.text("/outputs_uri"));
            assertEquals(5_000_000_000L, poll.json().get("outputs_bytes").asLong());
            assertFalse(poll.json().has("outputs"), "unset, so that propeller reads the file");
        }
    }

    @Test
    void whatCannotBeShownIsLeftOut() {
        var id = created();
        var odd = Struct.newBuilder().putFields("a", Value.newBuilder().setNumberValue(Double.NaN).build()).build();
        server.jobs.change(id, job -> new Job(job.id(), 17, 9, job.accepted(), State.RUNNING, null,
                new Attempt(1, 0, 0, null, null, null, true, List.of(), null, Bytes.of(odd.toByteArray())), List.of(),
                null, null, null, new Outputs.Inline(Bytes.of(new byte[]{1, 2, 3})), job.times()));
        var poll = server.get(DUCKDB + "?resource_id=" + id);
        assertEquals(200, poll.status());
        assertEquals("INITIALIZING", poll.text("/phase"));
        assertTrue(poll.json().path("custom_info").isMissingNode());
        assertTrue(poll.json().path("outputs").isMissingNode());
    }

    @Test
    void pollAnswersWithoutTheSpecWhileItCannotBeRead() {
        var id = created();
        server.jobs.failure = "SpecUnavailable";
        var poll = server.get(DUCKDB + "?resource_id=" + id);
        assertEquals(200, poll.status());
        assertTrue(poll.json().path("job_spec").isMissingNode());
    }

    @Test
    void aJobOfAnotherTypeIsNotThere() {
        var id = created();
        for (var method : new String[]{"GET", "DELETE"}) {
            var reply = server.send(method, "/plugins/v1/snowflake/v0?resource_id=" + id, (String) null);
            assertEquals(404, reply.status());
            assertEquals("unknown-job", reply.text("/code"));
            assertEquals(404, server.send(method, "/plugins/v1/duckdb/v7?resource_id=" + id, (String) null).status());
        }
        assertNull(server.jobs.lastCancel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?resource_id=", "?resource_id=17", "?job_id=jjjj",
            "?resource_id=jaaaaaaaaaaaaaaaaaaaaaaaaaaa&job_id=jbaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void theQueryMustNameOneJob(String query) {
        for (var method : new String[]{"GET", "DELETE"}) {
            var reply = server.send(method, DUCKDB + query, (String) null);
            assertEquals(400, reply.status());
            assertEquals("invalid-request", reply.text("/code"));
        }
    }

    @Test
    void unknownJobsAre404() {
        var reply = server.get(DUCKDB + "?resource_id=jaaaaaaaaaaaaaaaaaaaaaaaaaa");
        assertEquals(404, reply.status());
        assertEquals("unknown-job", reply.text("/code"));
        assertFalse(reply.json().get("retryable").asBoolean());
    }

    @Test
    void deleteAsksForTheEnd() {
        var id = created();
        var reply = server.send("DELETE", DUCKDB + "?resource_id=" + id, (String) null);
        assertEquals(200, reply.status());
        assertEquals(id, reply.text("/job_id"));
        assertNotNull(server.jobs.lastCancel);
        state(id, State.SUCCEEDED, null);
        assertEquals("succeed", server.send("DELETE", DUCKDB + "?job_id=" + id, (String) null).text("/job_state"));
        server.jobs.lastCancel = null;
    }

    @Test
    void answersCarryAPositionAndTakeOne() {
        var id = created();
        var poll = server.get(DUCKDB + "?resource_id=" + id + "&position=c3.17");
        assertEquals("c3.17", poll.header("Outboard-Position"));
        assertEquals(new Position(Position.Log.COMMANDS, 3, 17), server.jobs.asked);
        assertEquals(400, server.get(DUCKDB + "?resource_id=" + id + "&position=17").status());
    }

    @Test
    void unknownMembersAreIgnoredHere() {
        assertEquals(200,
                server.put(DUCKDB, "{\"template\":{\"type\":\"duckdb\",\"newer\":{}},\"newest\":1}").status());
    }
}
