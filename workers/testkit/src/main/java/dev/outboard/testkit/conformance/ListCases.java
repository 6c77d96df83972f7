package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a sweep learns: it cancels and fails jobs by it. Passed by who cannot list. */
final class ListCases {
    /** More than an answer may lag. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private ListCases() {}

    static List<Case> all() {
        return List.of(Case.any("list tells what is ours, and nothing else", ListCases::ours),
                Case.wire("list answered 503 is not an empty list", ListCases::trouble));
    }

    private static void ours(Stage stage) throws Exception {
        var worker = stage.worker();
        var ended = stage.request();
        var endedHandle = stage.created(worker, ended);
        stage.subject().finish();
        stage.ended(worker, endedHandle);
        var running = stage.request();
        var runningHandle = stage.created(worker, running);
        stage.pass(SETTLED.plus(stage.kind().info().callDeadline()));
        if (worker.list(running.installation()) instanceof ListResult.Listed(var jobs)) {
            var byKey = jobs.stream().collect(Collectors.toMap(ExternalJob::key, Function.identity()));
            is(byKey, ended, endedHandle, false);
            is(byKey, running, runningHandle, true);
            assertEquals(2, jobs.size(), "jobs listed: " + jobs);
            assertEquals(new ListResult.Listed(List.of()), worker.list("elsewhere"), "another installation's jobs");
        }
    }

    private static void is(Map<String, ExternalJob> byKey, CreateRequest request, Handle handle, boolean live) {
        var job = byKey.get(request.key());
        assertEquals(job == null
                ? null
                : new ExternalJob(request.template().type(), request.jobId(), request.key(), handle, live,
                        job.createdAt()),
                job, "the job of key " + request.key() + " as it is listed");
        assertFalse(job == null, "the job of key " + request.key() + " is not listed");
    }

    private static void trouble(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        stage.created(worker, request);
        var fault = new Fault.Answer(stage.simulator().failure(503), false);
        for (var operation : List.of(Operation.LIST, Operation.FIND, Operation.OUTPUT)) {
            stage.simulator().faults().always(operation, fault);
        }
        var tried = Tried.of(() -> worker.list(request.installation()));
        assertFalse(tried instanceof Tried.Told<ListResult>(ListResult.Listed _), "list said " + tried);
    }
}
