package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** One job for one key, whatever happens. */
final class CreateCases {
    private CreateCases() {}

    static List<Case> all() {
        return List.of(Case.any("create: one job, which runs", CreateCases::create),
                new Case("create twice with the same key", CreateCases::remembers, CreateCases::twice),
                new Case("create again after the end", CreateCases::remembers, CreateCases::afterTheEnd),
                new Case("create twice with the same key, by two workers", Case.Kind::dedupes, CreateCases::byTwo),
                new Case("create twice at the same time", CreateCases::platformDedupes, CreateCases::atOnce),
                Case.wire("create's reply lost before the effect", stage -> lost(stage, false)),
                Case.wire("create's reply lost after the effect", stage -> lost(stage, true)),
                Case.any("crash between intent and reply", CreateCases::crash),
                new Case("adopt with a differing spec", Case.Kind::dedupes, CreateCases::differing));
    }

    /** Where jobs live in the worker, it knows them by their keys itself. */
    private static boolean remembers(Case.Kind kind) {
        return kind.dedupes() || kind.info().diesWithWorker();
    }

    private static boolean platformDedupes(Case.Kind kind) {
        return kind.dedupes() && !kind.searches();
    }

    private static void create(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        assertEquals(Optional.empty(), worker.check(request), "check of a good job");
        var created = assertInstanceOf(CreateResult.Created.class, worker.create(request));
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, created.handle());
        for (var link : created.links()) {
            assertTrue(URI.create(link.uri()).isAbsolute(), link + " must be an absolute URI");
            assertFalse(link.name().isBlank(), link + " must have a name");
        }
    }

    private static void twice(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        var handle = stage.created(worker, request);
        assertEquals(handle, stage.settle(worker, request), "the handle of the same job");
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
    }

    private static void byTwo(Stage stage) throws Exception {
        var request = stage.request();
        var handle = stage.created(stage.worker(), request);
        assertEquals(handle, stage.settle(stage.worker(), request), "the handle of the same job");
        Ledger.exactlyOne(stage, request);
    }

    /** A zombie and its successor. */
    private static void atOnce(Stage stage) throws Exception {
        var request = stage.request();
        var first = stage.worker();
        var second = stage.worker();
        var zombie = new FutureTask<>(() -> Tried.of(() -> first.create(request)));
        Thread.startVirtualThread(zombie);
        var successor = Tried.of(() -> second.create(request));
        for (var tried : List.of(zombie.get(), successor)) {
            assertFalse(tried instanceof Tried.Told<CreateResult>(CreateResult.Rejected _), "create said " + tried);
        }
        assertEquals(stage.settle(first, request), stage.settle(second, request), "the handle of the same job");
        Ledger.exactlyOne(stage, request);
    }

    private static void afterTheEnd(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        var handle = stage.created(worker, request);
        stage.subject().finish();
        var end = assertInstanceOf(PollResult.Succeeded.class, stage.ended(worker, handle));
        assertEquals(handle, stage.settle(worker, request), "the handle of the same job");
        Ledger.nothingLives(stage, "after a create was repeated late");
        assertEquals(end, stage.poll(worker, handle));
    }

    private static void lost(Stage stage, boolean afterEffect) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        stage.simulator().faults().next(Operation.CREATE, new Fault.Drop(afterEffect));
        var tried = Tried.of(() -> worker.create(request));
        Ledger.claim(stage, worker, tried);
        var handle = stage.settle(worker, request);
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
    }

    private static void crash(Stage stage) throws Exception {
        var request = stage.request();
        var first = stage.worker();
        if (stage.kind().wire()) {
            stage.simulator().faults().next(Operation.CREATE, new Fault.Drop(true));
        }
        Tried.of(() -> first.create(request));
        stage.kill(first);
        var second = stage.worker();
        var handle = stage.settle(second, request);
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, second, handle);
    }

    private static void differing(Stage stage) throws Exception {
        var request = stage.request();
        var first = stage.worker();
        var handle = stage.created(first, request);
        var second = stage.worker();
        var other = stage.subject().different(request.key());
        if (stage.kind().searches()) {
            assertTrue(second.find(other).isPresent(), "a look-up by the key must find the job that is there");
        } else {
            var tried = second.create(other);
            if (stage.kind().info().guarantee() == Guarantee.ADOPT) {
                var error = assertInstanceOf(CreateResult.Rejected.class, tried,
                        "another job under the same key must be refused").error();
                assertFalse(error.code().isBlank() || error.message().isBlank(), error + " must say so");
            }
        }
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, first, handle);
    }
}
