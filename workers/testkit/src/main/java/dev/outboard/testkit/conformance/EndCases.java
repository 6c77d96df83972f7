package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import java.util.List;

/** How jobs end: by themselves, by us, or because they never were. */
final class EndCases {
    private EndCases() {}

    static List<Case> all() {
        return List.of(Case.any("poll after finish", EndCases::finished),
                Case.any("poll unknown", EndCases::pollUnknown),
                Case.wire("poll a state that nobody has heard of", EndCases::unheardOf),
                Case.any("delete, and delete again", EndCases::deleteTwice),
                Case.any("delete after finish", EndCases::deleteFinished),
                Case.any("delete unknown", EndCases::deleteUnknown),
                Case.wire("delete while creating: the create had landed", stage -> whileCreating(stage, true)),
                Case.wire("delete while creating: the create had not landed", stage -> whileCreating(stage, false)),
                new Case("delete before a create lands", kind -> !kind.searches() && (kind.dedupes() || !kind.wire()),
                        EndCases::beforeCreate));
    }

    private static void finished(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        stage.subject().finish();
        var end = assertInstanceOf(PollResult.Succeeded.class, stage.ended(worker, handle));
        assertEquals(end, stage.poll(worker, handle), "polled again");
        var late = stage.poll(stage.worker(), handle);
        assertEquals(stage.kind().info().diesWithWorker() ? new PollResult.Gone() : end, late,
                "polled by another worker");
    }

    private static void pollUnknown(Stage stage) throws Exception {
        var worker = stage.worker();
        assertEquals(new PollResult.Gone(), stage.poll(worker, stage.subject().unknown()));
    }

    private static void unheardOf(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        stage.subject().unheardOfState();
        var tried = Tried.of(() -> stage.poll(worker, handle));
        Ledger.noEnd(tried);
        stage.subject().finish();
        assertInstanceOf(PollResult.Succeeded.class, stage.ended(worker, handle));
    }

    private static void deleteTwice(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        var first = stage.delete(worker, handle);
        assertTrue(first instanceof PollResult.Running || first instanceof PollResult.Cancelled,
                "delete of a job that runs said " + first);
        var again = stage.delete(worker, handle);
        assertTrue(again instanceof PollResult.Running || again instanceof PollResult.Cancelled,
                "delete of a job that was deleted before said " + again);
        assertEquals(new PollResult.Cancelled(), stage.ended(worker, handle));
        assertEquals(new PollResult.Cancelled(), stage.until(() -> stage.delete(worker, handle)),
                "delete of a job that has been cancelled");
        Ledger.nothingLives(stage, "after a delete");
    }

    private static void deleteFinished(Stage stage) throws Exception {
        var worker = stage.worker();
        var handle = stage.created(worker, stage.request());
        stage.subject().finish();
        var end = stage.ended(worker, handle);
        var deleted = stage.until(() -> stage.delete(worker, handle));
        assertInstanceOf(PollResult.Succeeded.class, deleted, "delete of a job that has ended well");
        assertEquals(end, stage.poll(worker, handle), "polled after the delete");
    }

    private static void deleteUnknown(Stage stage) throws Exception {
        var worker = stage.worker();
        assertEquals(new PollResult.Gone(), stage.delete(worker, stage.subject().unknown()));
    }

    private static void whileCreating(Stage stage, boolean landed) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        stage.simulator().faults().next(Operation.CREATE, new Fault.Drop(landed));
        Tried.of(() -> worker.create(request));
        if (stage.kind().searches()) {
            var found = worker.find(request);
            assertEquals(landed, found.isPresent(), "find after the create");
            if (found.isPresent()) {
                cancel(stage, worker, found.get());
            }
        } else {
            cancel(stage, worker, occupied(worker, request));
        }
        if (stage.kind().dedupes()) {
            Ledger.nothingLives(stage, "after a delete while it was created");
        }
    }

    private static void beforeCreate(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        cancel(stage, worker, occupied(worker, request));
        var late = Tried.of(() -> worker.create(request));
        Ledger.nothingLives(stage, "after a create that came later than its delete and said " + late);
    }

    private static Handle occupied(Connector worker, CreateRequest request) throws Exception {
        return switch (worker.occupy(request)) {
            case CreateResult.Created(var handle, _) -> handle;
            case CreateResult.Adopted(var handle, _) -> handle;
            case CreateResult.Rejected _,CreateResult.Retry _,CreateResult.Unknown _ ->
                fail("occupy of a good job's key on a platform that is well must say what is there");
        };
    }

    private static void cancel(Stage stage, Connector worker, Handle handle) throws Exception {
        var deleted = stage.delete(worker, handle);
        assertFalse(deleted instanceof PollResult.Gone, "delete of what was found said Gone");
        var end = stage.ended(worker, handle);
        assertFalse(end instanceof PollResult.Gone, "what was deleted was polled as Gone");
    }
}
