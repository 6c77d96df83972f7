package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What platforms, and proxies before them, do to requests. */
final class WireCases {
    private static final Duration TOLD = Duration.ofSeconds(7);

    private WireCases() {}

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (int status : new int[]{500, 502, 503, 504}) {
            cases.add(Case.wire("create answered " + status, stage -> {
                createMeets(stage, new Fault.Answer(stage.simulator().failure(status), false));
            }));
            cases.add(Case.wire("create answered " + status + " after the effect", stage -> {
                createMeets(stage, new Fault.Answer(stage.simulator().failure(status), true));
            }));
            cases.add(Case.wire("poll and delete answered " + status,
                    stage -> othersMeet(stage, new Fault.Answer(stage.simulator().failure(status), false))));
        }
        cases.add(Case.wire("create, poll and delete answered 429", stage -> patience(stage, null)));
        cases.add(Case.wire("create, poll and delete answered 429 with Retry-After", stage -> patience(stage, TOLD)));
        cases.add(Case.wire("create answered with half a body", stage -> createMeets(stage, new Fault.Truncate())));
        cases.add(Case.wire("poll answered with half a body", stage -> pollMeets(stage, new Fault.Truncate())));
        for (int status : new int[]{200, 502}) {
            cases.add(Case.wire("create answered with an HTML page, " + status,
                    stage -> createMeets(stage, new Fault.Answer(Reply.html(status), false))));
            cases.add(Case.wire("create answered with an HTML page after the effect, " + status,
                    stage -> createMeets(stage, new Fault.Answer(Reply.html(status), true))));
            cases.add(Case.wire("poll answered with an HTML page, " + status,
                    stage -> pollMeets(stage, new Fault.Answer(Reply.html(status), false))));
        }
        cases.add(Case.wire("create hangs past the deadline", stage -> createHangs(stage, false)));
        cases.add(Case.wire("create hangs past the deadline after the effect", stage -> createHangs(stage, true)));
        cases.add(Case.wire("poll and delete hang past the deadline", WireCases::othersHang));
        cases.add(Case.wire("retries inside are off", WireCases::noRetries));
        cases.add(Case.wire("the platform's clock an hour ahead", stage -> skewed(stage, Duration.ofHours(1))));
        cases.add(Case.wire("the platform's clock an hour behind", stage -> skewed(stage, Duration.ofHours(-1))));
        return List.copyOf(cases);
    }

    private static void createMeets(Stage stage, Fault fault) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        stage.simulator().faults().next(Operation.CREATE, fault);
        Ledger.claim(stage, worker, Tried.of(() -> worker.create(request)));
        var handle = stage.settle(worker, request);
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
    }

    private static void pollMeets(Stage stage, Fault fault) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        stage.simulator().faults().next(Operation.POLL, fault);
        Ledger.noEnd(Tried.of(() -> stage.poll(worker, handle)));
        Ledger.runs(stage, worker, handle);
    }

    private static void othersMeet(Stage stage, Fault fault) throws Exception {
        pollMeets(stage, fault);
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        stage.simulator().faults().next(Operation.CANCEL, fault);
        Ledger.noEnd(Tried.of(() -> stage.delete(worker, handle)));
        assertEquals(new PollResult.Cancelled(), stage.until(() -> stage.delete(worker, handle)));
    }

    private static void patience(Stage stage, @Nullable Duration told) throws Exception {
        var worker = stage.worker();
        var faults = stage.simulator().faults();
        var request = stage.request();
        var fault = new Fault.Answer(stage.simulator().tooManyRequests(told), false);
        faults.always(Operation.CREATE, fault);
        patient("create", worker.create(request) instanceof CreateResult.Retry(var after, _) ? after : null, told);
        assertEquals(List.of(), stage.subject().ledger());
        faults.clear();
        var handle = stage.created(worker, request);
        faults.always(Operation.POLL, fault);
        patient("poll", stage.poll(worker, handle) instanceof PollResult.Retry(var after, _) ? after : null, told);
        faults.clear();
        faults.always(Operation.CANCEL, fault);
        patient("delete", stage.delete(worker, handle) instanceof PollResult.Retry(var after, _) ? after : null, told);
        faults.clear();
        Ledger.exactlyOne(stage, request);
    }

    private static void patient(String what, @Nullable Duration after, @Nullable Duration told) {
        if (after == null) {
            fail(what + " that was answered 429 must be Retry");
        } else if (told == null) {
            assertTrue(after.isPositive(), what + " must be Retry after more than " + after);
        } else {
            assertTrue(after.compareTo(told) >= 0,
                    what + " must be Retry after the " + told + " that the platform told, not " + after);
        }
    }

    private static void createHangs(Stage stage, boolean afterEffect) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        stage.simulator().faults().next(Operation.CREATE, new Fault.Hang(afterEffect));
        var tried = stage.<CreateResult>interrupted("a create that hangs", Operation.CREATE,
                () -> Stage.bare(worker).create(request));
        if (tried instanceof Tried.Told<CreateResult>(var result)) {
            Ledger.claim(stage, worker, new Tried.Told<>(result));
        }
        var handle = stage.settle(worker, request);
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
    }

    private static void othersHang(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        hangs(stage, "a poll that hangs", Operation.POLL,
                () -> Stage.bare(worker).poll(handle, stage.subject().secrets()));
        hangs(stage, "a delete that hangs", Operation.CANCEL,
                () -> Stage.bare(worker).delete(handle, stage.subject().secrets()));
        Ledger.runs(stage, worker, handle);
    }

    private static void hangs(Stage stage, String what, Operation operation, Callable<PollResult> call) {
        stage.simulator().faults().next(operation, new Fault.Hang(false));
        if (stage.interrupted(what, operation, call) instanceof Tried.Told<PollResult>(var result)) {
            Ledger.noEnd(new Tried.Told<>(result));
        }
    }

    private static void noRetries(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        // a client made on first use does its introductions here
        var handle = stage.created(worker, stage.request());
        one(stage, Operation.CREATE, 503, () -> worker.create(request));
        one(stage, Operation.CREATE, 429, () -> worker.create(request));
        one(stage, Operation.POLL, 503, () -> stage.poll(worker, handle));
        one(stage, Operation.CANCEL, 503, () -> stage.delete(worker, handle));
    }

    private static void one(Stage stage, Operation operation, int status, Callable<?> call) {
        var platform = stage.simulator();
        long before = platform.requests(operation);
        platform.faults()
                .always(operation, new Fault.Answer(
                        status == 429 ? platform.tooManyRequests(null) : platform.failure(status), false));
        Tried.of(call);
        platform.faults().clear();
        assertEquals(1, platform.requests(operation) - before,
                "requests of kind " + operation + " by one call that was answered " + status);
    }

    /** A repeated create gives the same job, where anything is promised of it. */
    static void again(Stage stage, Connector worker, CreateRequest request, Handle handle) throws Exception {
        if (stage.kind().dedupes()) {
            assertEquals(handle, stage.settle(worker, request));
        }
    }

    private static void skewed(Stage stage, Duration ahead) throws Exception {
        stage.simulator().clock().advance(ahead);
        stage.clock().skew(ahead.negated());
        var worker = stage.worker();
        var request = stage.request();
        var handle = stage.created(worker, request);
        again(stage, worker, request, handle);
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
        if (stage.kind().info().batches()) {
            BatchCases.agrees(stage, worker, List.of(handle));
        }
        stage.subject().finish();
        assertTrue(stage.ended(worker, handle) instanceof PollResult.Succeeded);
    }
}
