package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunStateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static PollResult of(String run) throws IOException {
        return RunState.of(JSON.readTree(run)).result(null);
    }

    private static String ended(String code, String type) {
        return """
                {"run_id": 7, "run_page_url": "https://w/run/7", "end_time": 5, "state": {"life_cycle_state": "INTERNAL_ERROR",
                 "result_state": "FAILED"}, "status": {"state": "TERMINATED",
                 "termination_details": {"code": "%s", "type": "%s", "message": "said"}}}"""
                .formatted(code, type);
    }

    @ParameterizedTest
    @CsvSource({"QUEUED, true", "PENDING, true", "BLOCKED, true", "WAITING, true", "RUNNING, false",
            "TERMINATING, false",
            "HIBERNATING, false"})
    void liveStates(String word, boolean queued) throws IOException {
        for (var run : new String[]{"{\"status\": {\"state\": \"" + word + "\"}}",
                "{\"state\": {\"life_cycle_state\": \"" + word + "\"}}"}) {
            var running = assertInstanceOf(PollResult.Running.class, of(run));
            assertEquals(queued, running.queued(), run);
            assertEquals(word, running.message());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\": {}}",
            "{\"status\": {\"state\": null}, \"state\": {\"life_cycle_state\": null}}",
            "{\"status\": {\"state\": \"TERMINATED\"}}", "{\"status\": \"x\"}"})
    void whatCannotBeReadHasNotEnded(String run) throws IOException {
        assertInstanceOf(PollResult.Running.class, of(run));
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, SUCCESS", "SUCCESS_WITH_FAILURES, SUCCESS", "HEARD_OF_BY_NOBODY, SUCCESS"})
    void goodEnds(String code, String type) throws IOException {
        var succeeded = assertInstanceOf(PollResult.Succeeded.class, of(ended(code, type)));
        assertEquals(code, succeeded.info().get("termination_code"));
        assertEquals("https://w/run/7", succeeded.links().getFirst().uri());
    }

    @ParameterizedTest
    @CsvSource({"RUN_EXECUTION_ERROR, CLIENT_ERROR, USER, false, USER",
            "INTERNAL_ERROR, INTERNAL_ERROR, SYSTEM, true, TRANSIENT",
            "CLOUD_FAILURE, CLOUD_FAILURE, SYSTEM, true, TRANSIENT", "DRIVER_ERROR, CLIENT_ERROR, USER, false, USER",
            "DRIVER_ERROR, INTERNAL_ERROR, SYSTEM, true, TRANSIENT", "CANCELED, CLIENT_ERROR, USER, false, TIMEOUT",
            "WORKSPACE_RUN_LIMIT_EXCEEDED, CLIENT_ERROR, SYSTEM, true, QUOTA",
            "UNAUTHORIZED_ERROR, CLIENT_ERROR, USER, false, AUTH",
            "SKIPPED, CLIENT_ERROR, USER, false, USER", "HEARD_OF_BY_NOBODY, CLIENT_ERROR, USER, false, USER",
            "HEARD_OF_BY_NOBODY, '', SYSTEM, true, TRANSIENT", "STORAGE_ACCESS_ERROR, CLIENT_ERROR, USER, false, USER"})
    void badEnds(String code, String type, Kind kind, boolean retryable, Category category) throws IOException {
        var error = assertInstanceOf(PollResult.Failed.class, of(ended(code, type))).error();
        assertEquals(kind, error.kind());
        assertEquals(retryable, error.retryable());
        assertEquals("said", error.message());
        assertEquals(category, error.platform().category());
        assertEquals(code, error.platform().code());
        assertEquals("https://w/run/7", error.platform().link());
        assertTrue(!error.nextStep().isBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HIBERNATED", "", "TERMINATED"})
    void anEndInUnknownWordsIsNoSuccess(String word) throws IOException {
        var failed = assertInstanceOf(PollResult.Failed.class,
                of("{\"run_id\": 7, \"end_time\": 5, \"status\": {\"state\": \"" + word + "\"}}"));
        assertEquals("PlatformFailure", failed.error().code());
        assertTrue(failed.error().retryable());
        assertInstanceOf(PollResult.Running.class,
                of("{\"end_time\": 5, \"status\": {\"state\": \"TERMINATING\"}}"));
    }

    @Test
    void aPersonsCancelIsNoFailure() throws IOException {
        assertInstanceOf(PollResult.Cancelled.class, of(ended("USER_CANCELED", "CLIENT_ERROR")));
    }

    @ParameterizedTest
    @CsvSource({"TERMINATED, SUCCESS, Succeeded", "TERMINATED, FAILED, Failed", "TERMINATED, CANCELED, Cancelled",
            "TERMINATED, TIMEDOUT, Failed", "SKIPPED, '', Failed", "INTERNAL_ERROR, '', Failed",
            "TERMINATED, SUCCESS_WITH_FAILURES, Succeeded",
            "TERMINATED, UPSTREAM_FAILED, Failed"})
    void theOlderForm(String life, String result, String end) throws IOException {
        var run = "{\"state\": {\"life_cycle_state\": \"" + life + "\""
                + (result.isEmpty() ? "" : ", \"result_state\": \"" + result + "\"")
                + ", \"state_message\": \"why\"}}";
        assertEquals(end, of(run).getClass().getSimpleName());
    }

    @Test
    void aTraceAndAResultAreTold() throws IOException {
        var output = JSON.readTree(
                "{\"error\": \"ValueError: no\", \"error_trace\": \"\\u001b[0;31mTraceback\\u001b[0m at line 3\"}");
        var failed = (PollResult.Failed) RunState.of(JSON.readTree(ended("RUN_EXECUTION_ERROR", "CLIENT_ERROR")))
                .result(output);
        assertEquals("said\nValueError: no\nTraceback at line 3", failed.error().message());
        var succeeded = (PollResult.Succeeded) RunState.of(JSON.readTree(ended("SUCCESS", "SUCCESS")))
                .result(JSON.readTree("{\"notebook_output\": {\"result\": \"42\"}}"));
        assertEquals("42", succeeded.info().get("notebook_result"));
        assertEquals(false, succeeded.info().get("notebook_result_truncated"));
    }
}
