package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError.Kind;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs from their create to their end, against the simulated workspace. */
class LifeTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void theExampleRunsOnAClusterOfItsOwn() throws Exception {
        var request = bench.example("databricks.json");
        assertEquals(Optional.empty(), bench.connector.check(request));
        var handle = bench.create(request);
        var sent = bench.submitted(handle);
        assertEquals(request.key(), sent.path("idempotency_token").asText());
        assertTrue(sent.at("/tasks/0/new_cluster/num_workers").isIntegralNumber());
        assertEquals(0, sent.at("/tasks/0/max_retries").asInt(-1));
        var waits = assertInstanceOf(PollResult.Running.class, bench.poll(handle));
        assertTrue(waits.queued());
        assertEquals("QUEUED: Run is queued due to reaching the workspace limit of active task runs.",
                waits.message());
        bench.pass(Duration.ofMillis(1_500));
        var runs = assertInstanceOf(PollResult.Running.class, bench.poll(handle));
        assertFalse(runs.queued());
        assertEquals("RUNNING", runs.message());
        assertEquals("Databricks Console", runs.links().getFirst().name());
        assertTrue(runs.links().getFirst().uri().endsWith("/run/" + Bench.runId(handle)));
        var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(handle));
        assertEquals("SUCCESS", end.info().get("termination_code"));
        assertEquals(Bench.runId(handle), end.info().get("run_id"));
        assertEquals(Map.of(), end.outputs());
        assertEquals(runs.links(), end.links());
        assertEquals(0, bench.databricks.requests(Operation.OUTPUT), "a Spark job has no result to ask for");
    }

    @Test
    void theExampleNotebookLeavesItsResult() throws Exception {
        var handle = bench.create(bench.example("databricks-serverless-notebook.json"));
        assertEquals("default", bench.submitted(handle).at("/tasks/0/environment_key").asText());
        var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(handle));
        assertEquals("{\"day\":\"2026-11-20\"}", end.info().get("notebook_result"));
        assertEquals(false, end.info().get("notebook_result_truncated"));
        // the worker has taken one for each poll, so this one is the output's
        assertEquals(List.of(Bench.HOST), bench.taken);
    }

    @Test
    void aCancelledRunStops() throws Exception {
        bench.databricks.hold();
        var handle = bench.create(bench.small());
        assertInstanceOf(PollResult.Running.class, bench.delete(handle));
        assertEquals(List.of(Bench.HOST), bench.taken, "the look after the cancel");
        assertEquals(new PollResult.Cancelled(), bench.end(handle));
        assertEquals(new PollResult.Cancelled(), bench.delete(handle));
        assertFalse(bench.databricks.ledger().getFirst().live());
    }

    @Test
    void aFailureTellsItsTrace() throws Exception {
        var handle = bench.create(bench.small());
        bench.fails(handle, "RUN_EXECUTION_ERROR", "CLIENT_ERROR", "ValueError: no such column: amount");
        var failed = assertInstanceOf(PollResult.Failed.class, bench.end(handle));
        var error = failed.error();
        assertEquals("RunFailed", error.code());
        assertEquals(Kind.USER, error.kind());
        assertFalse(error.retryable());
        assertTrue(error.message().contains("ValueError: no such column: amount"), error.message());
        assertTrue(error.message().contains("Traceback (most recent call last)"), error.message());
        assertFalse(error.nextStep().isBlank());
        assertEquals("RUN_EXECUTION_ERROR", error.platform().code());
        assertEquals(Category.USER, error.platform().category());
        assertEquals(Bench.runId(handle), error.platform().requestId());
        assertEquals(failed.links().getFirst().uri(), error.platform().link());
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR, INTERNAL_ERROR, PlatformFailure, TRANSIENT, true",
            "WORKSPACE_RUN_LIMIT_EXCEEDED, CLIENT_ERROR, CapacityExceeded, QUOTA, true",
            "INVALID_CLUSTER_REQUEST, CLIENT_ERROR, RunFailed, USER, false"})
    void otherFailures(String termination, String type, String code, Category category, boolean retryable)
            throws Exception {
        var handle = bench.create(bench.small());
        bench.fails(handle, termination, type, "the platform's own words");
        var error = assertInstanceOf(PollResult.Failed.class, bench.end(handle)).error();
        assertEquals(code, error.code());
        assertEquals(category, error.platform().category());
        assertEquals(retryable, error.retryable());
        assertTrue(error.message().startsWith("the platform's own words"), error.message());
    }

    @Test
    void aTimeoutIsNoCancel() throws Exception {
        bench.databricks.hold();
        var handle = bench.create(bench.request("""
                {"custom": {"databricksConf": {"existing_cluster_id": "c", "timeout_seconds": 60}}}"""));
        bench.pass(Duration.ofSeconds(61));
        var error = assertInstanceOf(PollResult.Failed.class, bench.poll(handle)).error();
        assertEquals("Timeout", error.code());
        assertEquals(Category.TIMEOUT, error.platform().category());
    }

    @Test
    void whatDatabricksNeverHadIsGone() throws Exception {
        for (var value : List.of(new RunHandle(new Workspace(Bench.HOST, null), 17).write().value(), "nonsense")) {
            assertEquals(new PollResult.Gone(), bench.poll(new Handle(1, value)), value);
            assertEquals(new PollResult.Gone(), bench.delete(new Handle(1, value)), value);
        }
    }

    /** A proxy's 404, and a workspace's that has no such API: neither says that the run is gone. */
    @Test
    void a404ThatIsNoWordOfTheRunIsNoEnd() throws Exception {
        var handle = bench.create(bench.small());
        for (var reply : List.of(Reply.html(404), new Reply(404, Map.of(), new byte[0]),
                Reply.json(404, Map.of("error_code", "ENDPOINT_NOT_FOUND", "message", "No API found")))) {
            bench.databricks.faults().next(Operation.POLL, new Fault.Answer(reply, false));
            Assertions.assertThrows(IOException.class, () -> bench.poll(handle));
        }
    }

    @Test
    void thePythonConnectorsRunsAreCarriedOn() throws Exception {
        var run = Bench.runId(bench.create(bench.small()));
        var meta = new Handle(1, "{\"databricks_instance\": \"" + Bench.HOST + "\", \"run_id\": \"" + run
                + "\", \"auth_token\": \"dapi-of-the-python-connector\"}");
        assertEquals(Bench.HOST, bench.connector.account(meta));
        assertInstanceOf(PollResult.Running.class, bench.poll(meta));
        assertInstanceOf(PollResult.Succeeded.class, bench.end(meta));
    }

    @Test
    void aRefusalIsTold() throws Exception {
        var said = Reply.json(400, Map.of("error_code", "INVALID_PARAMETER_VALUE", "message",
                "Cluster 'c-1' does not exist", "details", List.of(Map.of("@type",
                        "type.googleapis.com/google.rpc.RequestInfo", "request_id", "req-17", "serving_data", ""))));
        bench.databricks.faults().next(Operation.CREATE, new Fault.Answer(said, false));
        var error = assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(bench.small())).error();
        assertEquals("InvalidRun", error.code());
        assertEquals("Cluster 'c-1' does not exist", error.message());
        assertEquals("/template/custom/databricksConf", error.pointer());
        assertEquals("INVALID_PARAMETER_VALUE", error.platform().code());
        assertEquals("req-17", error.platform().requestId());
        assertNotNull(error.nextStep());
    }

    /** The SDK stumbles over some of these. */
    @ParameterizedTest
    @CsvSource({"400, '{\"message\": \"no\"}', Rejected", "400, '{\"error\": \"no\"}', Rejected", "400, '{}', Unknown",
            "400, '', Unknown", "404, '<html>', Unknown", "403, '<html>', Rejected", "302, '', Unknown",
            "200, '{}', Unknown", "200, '[]', Unknown", "200, '', Unknown", "409, '{}', Unknown", "499, '{}', Unknown"})
    void answersWithoutACode(int status, String body, String result) throws Exception {
        bench.databricks.faults()
                .next(Operation.CREATE, new Fault.Answer(Reply.text(status, "application/json", body), false));
        var created = bench.connector.create(bench.small());
        assertEquals(result, created.getClass().getSimpleName(), () -> "create said " + created);
        assertFalse(created.toString().contains("<html>"), created.toString());
        assertFalse(created.toString().contains("null:"), created.toString());
    }
}
