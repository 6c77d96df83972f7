package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Compares what a connector says with what its platform really has. */
final class Ledger {
    private Ledger() {}

    /** One external job for this key and no other, running; where jobs die with their worker, one that lives. */
    static void exactlyOne(Stage stage, CreateRequest request) {
        var entries = stage.subject().ledger();
        if (stage.kind().info().diesWithWorker()) {
            assertEquals(1, live(stage), "jobs that live: " + entries);
            return;
        }
        if (!stage.kind().dedupes()) {
            assertTrue(live(stage) >= 1, "no job lives: " + entries);
            return;
        }
        assertEquals(1, entries.size(), "jobs on the platform for one key: " + entries);
        assertEquals(request.key(), entries.getFirst().key(), "the key that the platform shows of it");
        assertTrue(entries.getFirst().live(), "it lives: " + entries);
    }

    static long live(Stage stage) {
        return stage.subject().ledger().stream().filter(Entry::live).count();
    }

    static void nothingLives(Stage stage, String when) {
        assertEquals(List.of(), stage.subject().ledger().stream().filter(Entry::live).toList(), "lives " + when);
    }

    /** The job is there and runs. */
    static void runs(Stage stage, Connector worker, Handle handle) throws Exception {
        var result = stage.poll(worker, handle);
        assertTrue(result instanceof PollResult.Running, "a job that runs was polled as " + result);
    }

    /** A create that met trouble may say little, but what it says must be so. The faults have been taken away before. */
    static void claim(Stage stage, Connector worker, Tried<CreateResult> tried) throws Exception {
        switch (tried) {
            case Tried.Threw<CreateResult>(var why) -> noBug(why);
            case Tried.Told<CreateResult>(CreateResult.Created(var handle, _)) -> exists(stage, worker, handle);
            case Tried.Told<CreateResult>(CreateResult.Adopted(var handle, _)) -> exists(stage, worker, handle);
            case Tried.Told<CreateResult>(CreateResult.Rejected(var error)) ->
                fail("the platform's trouble was taken for a refusal: " + error.message());
            case Tried.Told<CreateResult>(CreateResult.Retry retry) -> assertEquals(List.of(),
                    stage.subject().ledger(), retry + " says that nothing exists under the key, but this does");
            case Tried.Told<CreateResult>(CreateResult.Unknown _) -> {
            }
        }
    }

    private static void exists(Stage stage, Connector worker, Handle handle) throws Exception {
        assertEquals(1, stage.subject().ledger().size(), "jobs on the platform, where create said that one is");
        runs(stage, worker, handle);
    }

    /** A poll or delete that met trouble must not take it for an end. */
    static void noEnd(Tried<PollResult> tried) {
        switch (tried) {
            case Tried.Threw<PollResult>(var why) -> noBug(why);
            case Tried.Told<PollResult>(PollResult.Running _) -> {
            }
            case Tried.Told<PollResult>(PollResult.Retry _) -> {
            }
            case Tried.Told<PollResult>(var end) -> fail("the platform's trouble was taken for the job's end: " + end);
        }
    }

    /** Five times an exception that only a bug explains fails a job: trouble of platform and network is an IOException. */
    static void noBug(Exception thrown) {
        Throwable inner = thrown;
        while ((inner instanceof ExecutionException || inner instanceof CompletionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        if (!(inner instanceof IOException || inner instanceof UncheckedIOException
                || inner instanceof TimeoutException || inner instanceof InterruptedException)) {
            throw new AssertionError("the platform's trouble must be told by an IOException or TimeoutException (or "
                    + "Unknown, Retry); any other is the connector's bug: " + inner, thrown);
        }
    }
}
