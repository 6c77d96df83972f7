package dev.outboard.testkit.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.jobs.CancelRun;
import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.databricks.sdk.service.jobs.RunLifecycleStateV2State;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.TerminationCodeCode;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.SimClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databricks' own client finds in the simulator what it expects of a workspace. */
class DatabricksSimulatorTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final SimClock clock = SimClock.standing(START);
    private final DatabricksSimulator databricks = DatabricksSimulator.start(clock, 0);
    private Vendor vendor;

    @BeforeEach
    void connect() {
        databricks.pace(Duration.ofSeconds(10), Duration.ofSeconds(20));
        vendor = Vendor.pat(databricks);
    }

    @AfterEach
    void close() {
        databricks.close();
    }

    @Test
    void aTokenMakesOneRun() {
        long first = vendor.submit("token-1", "nightly");
        assertEquals(first, vendor.submit("token-1", "other"));
        assertNotEquals(first, vendor.submit("token-2", "nightly"));
        assertEquals(2, databricks.ledger().size());
        assertEquals("token-1", databricks.ledger().getFirst().key());
        assertEquals(String.valueOf(first), databricks.ledger().getFirst().id());
        assertTrue(databricks.submitted(String.valueOf(first)).contains("\"run_name\":\"nightly\""));
        assertEquals("nightly", vendor.get(first).getRunName());
        assertThrows(InvalidParameterValue.class, () -> vendor.submit("t".repeat(65), "nightly"));
        assertEquals(2, databricks.ledger().size());
        vendor.submit("t".repeat(64), "nightly");
        assertEquals(3, databricks.ledger().size());
    }

    @Test
    void itsStatesFollowTheClock() {
        long id = vendor.submit("token", "nightly");
        state(id, RunLifecycleStateV2State.QUEUED, RunLifeCycleState.QUEUED);
        clock.advance(Duration.ofSeconds(5));
        state(id, RunLifecycleStateV2State.PENDING, RunLifeCycleState.PENDING);
        clock.advance(Duration.ofSeconds(5));
        state(id, RunLifecycleStateV2State.RUNNING, RunLifeCycleState.RUNNING);
        assertTrue(databricks.ledger().getFirst().live());
        clock.advance(Duration.ofSeconds(21));
        state(id, RunLifecycleStateV2State.TERMINATED, RunLifeCycleState.TERMINATED);
        var run = vendor.get(id);
        assertEquals(RunResultState.SUCCESS, run.getState().getResultState());
        assertEquals(TerminationCodeCode.SUCCESS, run.getStatus().getTerminationDetails().getCode());
        assertEquals(START.toEpochMilli(), run.getStartTime());
        assertEquals(START.plusSeconds(30).toEpochMilli(), run.getEndTime());
        assertTrue(run.getRunPageUrl().endsWith("/run/" + id), run.getRunPageUrl());
        assertTrue(!databricks.ledger().getFirst().live());
    }

    private void state(long id, RunLifecycleStateV2State status, RunLifeCycleState state) {
        var run = vendor.get(id);
        assertEquals(status, run.getStatus().getState());
        assertEquals(state, run.getState().getLifeCycleState());
        assertEquals(status, run.getTasks().iterator().next().getStatus().getState());
    }

    @Test
    void heldRunsEndWhenTheyAreFinished() {
        databricks.hold();
        long id = vendor.submit("token", "nightly");
        clock.advance(Duration.ofHours(2));
        state(id, RunLifecycleStateV2State.RUNNING, RunLifeCycleState.RUNNING);
        databricks.finish();
        state(id, RunLifecycleStateV2State.TERMINATED, RunLifeCycleState.TERMINATED);
    }

    @Test
    void aNotebookReturnsItsParameters() {
        long id = vendor.submit("token", "nightly");
        clock.advance(Duration.ofMinutes(1));
        long task = vendor.get(id).getTasks().iterator().next().getRunId();
        assertNotEquals(id, task);
        assertEquals("{\"day\":\"2026-11-20\"}", vendor.output(task).getNotebookOutput().getResult());
        assertThrows(ResourceDoesNotExist.class, () -> vendor.get(task));
    }

    @Test
    void aFailedTaskIsAnInternalErrorInVersionOneAlone() {
        databricks.end("nightly", "RUN_EXECUTION_ERROR", "CLIENT_ERROR", "ZeroDivisionError: division by zero");
        long id = vendor.submit("token", "nightly", Vendor.notebook("one"), Vendor.after("two", "one"));
        clock.advance(Duration.ofMinutes(1));
        var run = vendor.get(id);
        assertEquals(RunLifeCycleState.INTERNAL_ERROR, run.getState().getLifeCycleState());
        assertEquals(RunResultState.FAILED, run.getState().getResultState());
        assertEquals(RunLifecycleStateV2State.TERMINATED, run.getStatus().getState());
        assertEquals(TerminationCodeCode.RUN_EXECUTION_ERROR, run.getStatus().getTerminationDetails().getCode());
        assertEquals("Task one failed with message: Workload failed, see run output for details.",
                run.getState().getStateMessage());
        var tasks = run.getTasks().iterator();
        var failed = tasks.next();
        assertEquals(RunLifeCycleState.TERMINATED, failed.getState().getLifeCycleState());
        assertEquals(RunResultState.FAILED, failed.getState().getResultState());
        assertEquals(RunResultState.UPSTREAM_FAILED, tasks.next().getState().getResultState());
        var output = vendor.output(failed.getRunId());
        assertEquals("ZeroDivisionError: division by zero", output.getError());
        assertTrue(output.getErrorTrace().startsWith("Traceback"), output.getErrorTrace());
        var several = assertThrows(InvalidParameterValue.class, () -> vendor.output(id));
        assertTrue(several.getMessage().contains("multiple tasks"), several.getMessage());
    }

    @Test
    void runsEndAsTheyAreTold() {
        ends("SKIPPED", RunLifeCycleState.SKIPPED, null);
        ends("MAX_CONCURRENT_RUNS_EXCEEDED", RunLifeCycleState.SKIPPED, RunResultState.MAXIMUM_CONCURRENT_RUNS_REACHED);
        ends("CANCELED", RunLifeCycleState.TERMINATED, RunResultState.TIMEDOUT);
        ends("CLOUD_FAILURE", RunLifeCycleState.INTERNAL_ERROR, RunResultState.FAILED);
        ends("SUCCESS_WITH_FAILURES", RunLifeCycleState.TERMINATED, RunResultState.SUCCESS_WITH_FAILURES);
    }

    private void ends(String code, RunLifeCycleState state, RunResultState result) {
        databricks.end(code, code, "INTERNAL_ERROR", "it was so");
        long id = vendor.submit(code, code);
        clock.advance(Duration.ofMinutes(1));
        var run = vendor.get(id);
        assertEquals(state, run.getState().getLifeCycleState());
        assertEquals(result, run.getState().getResultState());
        assertEquals(code, run.getStatus().getTerminationDetails().getCode().name());
        assertEquals("it was so", run.getStatus().getTerminationDetails().getMessage());
    }

    @Test
    void aCancelTakesTimeAndComesToNothingAtTheEnd() {
        databricks.hold();
        long id = vendor.submit("token", "nightly");
        vendor.jobs().cancelRun(new CancelRun().setRunId(id));
        state(id, RunLifecycleStateV2State.TERMINATING, RunLifeCycleState.TERMINATING);
        databricks.finish();
        clock.advance(Duration.ofSeconds(1));
        state(id, RunLifecycleStateV2State.TERMINATED, RunLifeCycleState.TERMINATED);
        assertEquals(TerminationCodeCode.USER_CANCELED,
                vendor.get(id).getStatus().getTerminationDetails().getCode());
        vendor.jobs().cancelRun(new CancelRun().setRunId(id));
        assertEquals(2, databricks.ledger().getFirst().cancels());
        assertThrows(DatabricksError.class, () -> vendor.jobs().cancelRun(new CancelRun().setRunId(id + 1)));
    }

    @Test
    void unknownStatesAreNullToTheClient() {
        long id = vendor.submit("token", "nightly");
        databricks.oddState("HIBERNATING");
        assertNull(vendor.get(id).getStatus().getState());
        assertNull(vendor.get(id).getState().getLifeCycleState());
        databricks.oddState(null);
        state(id, RunLifecycleStateV2State.QUEUED, RunLifeCycleState.QUEUED);
    }

    @Test
    void oldTokensAreRefused() {
        databricks.rotate();
        assertThrows(PermissionDenied.class, () -> vendor.get(1));
        assertThrows(ResourceDoesNotExist.class, () -> Vendor.pat(databricks).get(1));
    }

    @Test
    void aServicePrincipalFetchesTokensThatRunOut() {
        databricks.oauthClient("client", "very secret");
        var principal = Vendor.oauth(databricks, "client", "very secret");
        long id = principal.submit("token", "nightly");
        assertEquals(id, principal.get(id).getRunId());
        assertEquals(1, databricks.requests(Operation.TOKEN));
        clock.advance(Duration.ofMinutes(61));
        assertThrows(PermissionDenied.class, () -> principal.get(id));
        assertThrows(RuntimeException.class, () -> Vendor.oauth(databricks, "client", "wrong").get(id));
    }

    @Test
    void faultsHaveDatabricksShape() {
        fault(databricks.tooManyRequests(Duration.ofSeconds(7)), 429, "REQUEST_LIMIT_EXCEEDED");
        fault(databricks.failure(503), 503, "TEMPORARILY_UNAVAILABLE");
        fault(databricks.failure(500), 500, "INTERNAL_ERROR");
        fault(databricks.failure(504), 504, "DEADLINE_EXCEEDED");
        databricks.faults().next(Operation.CREATE, new Fault.Drop(true));
        assertThrows(RuntimeException.class, () -> vendor.submit("token", "nightly"));
        assertEquals(1, databricks.ledger().size());
    }

    private void fault(Reply reply, int status, String code) {
        databricks.faults().next(Operation.POLL, new Fault.Answer(reply, false));
        var error = assertThrows(DatabricksError.class, () -> vendor.get(1));
        assertEquals(status, error.getStatusCode());
        assertEquals(code, error.getErrorCode());
        assertTrue(error.getErrorDetails().requestInfo().isPresent(), "a request id to tell support");
    }
}
