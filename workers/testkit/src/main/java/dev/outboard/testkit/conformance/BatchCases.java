package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists: they lag, and they must tell what single polls tell. */
final class BatchCases {
    private static final Duration LAG = Duration.ofSeconds(30);

    private BatchCases() {}

    static List<Case> all() {
        return List.of(new Case("batch poll equals single polls", kind -> kind.info().batches(), BatchCases::equal),
                new Case("batch poll tells what has changed", kind -> kind.info().batches(), BatchCases::changed),
                new Case("lists lag: a job that they miss is not gone", kind -> kind.info().batches(),
                        BatchCases::lagging),
                new Case("look-ups lag: find is empty, then finds", Case.Kind::searches, BatchCases::finds));
    }

    private static void equal(Stage stage) throws Exception {
        var worker = stage.worker();
        var one = stage.created(worker, stage.request());
        var two = stage.created(worker, stage.request());
        stage.subject().finish();
        stage.ended(worker, one);
        stage.ended(worker, two);
        var cancelled = stage.created(worker, stage.request());
        stage.delete(worker, cancelled);
        stage.ended(worker, cancelled);
        var running = stage.created(worker, stage.request());
        var all = List.of(one, two, cancelled, running);
        agrees(stage, worker, all);
        // by another worker too: nothing that it needs is remembered
        agrees(stage, stage.worker(), all);
    }

    /** Asks for all at once and for each singly. */
    static Batch agrees(Stage stage, Connector worker, Collection<Handle> handles) throws Exception {
        var batch = ask(worker, handles, null);
        assertFalse(batch.results().isEmpty(), "a batch poll of " + handles.size() + " jobs told of none");
        for (var handle : handles) {
            var told = batch.results().get(handle);
            var single = stage.poll(worker, handle);
            if (told == null) {
                assertFalse(batch.restUnchanged(), "nothing is known of " + handle + ", so it cannot be unchanged");
            } else if (told instanceof PollResult.Running running && single instanceof PollResult.Running alone) {
                assertEquals(alone.queued(), running.queued(), "whether " + handle + " is queued");
            } else {
                assertEquals(single, told, "batch poll of " + handle);
            }
        }
        assertTrue(handles.containsAll(batch.results().keySet()), "results of jobs that were not asked for");
        return batch;
    }

    private static Batch ask(Connector worker, Collection<Handle> handles, @Nullable Instant since) throws Exception {
        return worker.pollAll(worker.account(handles.iterator().next()), Set.copyOf(handles), since);
    }

    private static void changed(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        var before = agrees(stage, worker, List.of(handle));
        stage.pass(Duration.ofSeconds(5));
        stage.subject().finish();
        var end = stage.ended(worker, handle);
        end(ask(worker, List.of(handle), before.asOf()), handle, end);
    }

    /** Told, or left to a single poll. */
    private static void end(Batch batch, Handle handle, PollResult end) {
        var told = batch.results().get(handle);
        if (told == null) {
            assertFalse(batch.restUnchanged(), "a batch poll says that a job which has ended is unchanged");
        } else {
            assertEquals(end, told);
        }
    }

    private static void lagging(Stage stage) throws Exception {
        var worker = stage.worker();
        stage.subject().lists(LAG);
        var handle = stage.created(worker, stage.request());
        var first = ask(worker, List.of(handle), null);
        alive(first, handle);
        stage.subject().finish();
        var end = stage.ended(worker, handle);
        assertInstanceOf(PollResult.Succeeded.class, end);
        var second = ask(worker, List.of(handle), first.asOf());
        var told = second.results().get(handle);
        assertFalse(told instanceof PollResult.Gone, "a job that a list misses was told to be gone");
        stage.pass(LAG.plusSeconds(1));
        // since the answer that came before the lists showed the end
        if (told == null || told instanceof PollResult.Running) {
            end(ask(worker, List.of(handle), second.asOf()), handle, end);
        }
    }

    private static void alive(Batch batch, Handle handle) {
        var told = batch.results().get(handle);
        assertTrue(told == null || told instanceof PollResult.Running, "a job that runs was told to be " + told);
        assertFalse(told == null && batch.restUnchanged(), "nothing is known of it, so it cannot be unchanged");
    }

    private static void finds(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        assertEquals(Optional.empty(), worker.find(request), "before anything was created");
        stage.subject().lists(LAG);
        var handle = stage.created(worker, request);
        var soon = worker.find(request);
        assertTrue(soon.isEmpty() || soon.get().equals(handle), "found " + soon);
        stage.pass(LAG.plusSeconds(1));
        assertEquals(handle, worker.find(request).orElse(null), "found after the lag");
        assertEquals(handle, stage.worker().find(request).orElse(null), "found by another worker");
        assertEquals(Optional.empty(), worker.find(stage.request()), "of another key");
    }
}
