package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.util.List;

/** What platforms do to credentials. */
final class CredentialCases {
    private CredentialCases() {}

    static List<Case> all() {
        return List.of(Case.wire("create, poll and delete answered 401", CredentialCases::unauthorized),
                Case.wire("no access token to be had", CredentialCases::noToken),
                Case.wire("credentials rotated", CredentialCases::rotated));
    }

    private static void unauthorized(Stage stage) throws Exception {
        var worker = stage.worker();
        var faults = stage.simulator().faults();
        var fault = new Fault.Answer(stage.simulator().unauthorized(), false);
        var request = stage.request();
        faults.always(Operation.CREATE, fault);
        var tried = Tried.of(() -> worker.create(request));
        assertFalse(tried instanceof Tried.Told<CreateResult>(CreateResult.Created _)
                || tried instanceof Tried.Told<CreateResult>(CreateResult.Adopted _), "create said " + tried);
        faults.clear();
        var handle = stage.created(worker, request);
        faults.always(Operation.POLL, fault);
        Ledger.noEnd(Tried.of(() -> stage.poll(worker, handle)));
        faults.always(Operation.CANCEL, fault);
        Ledger.noEnd(Tried.of(() -> stage.delete(worker, handle)));
        faults.clear();
        Ledger.exactlyOne(stage, request);
        Ledger.runs(stage, worker, handle);
    }

    /** Where no token is asked for, the answers are as ever. */
    private static void noToken(Stage stage) throws Exception {
        var faults = stage.simulator().faults();
        var running = stage.created(stage.worker(), stage.request());
        int keys = 1;
        for (var fault : List.of(new Fault.Answer(stage.simulator().failure(503), false),
                new Fault.Answer(Reply.html(502), false), new Fault.Drop(false))) {
            var request = stage.request();
            faults.always(Operation.TOKEN, fault);
            // a worker that has no token yet
            var worker = stage.worker();
            refusesNothing(Tried.of(() -> worker.create(request)));
            Ledger.noEnd(Tried.of(() -> stage.poll(worker, running)));
            faults.clear();
            Ledger.runs(stage, worker, running);
            stage.settle(worker, request);
            keys++;
            if (stage.kind().dedupes()) {
                assertEquals(keys, stage.subject().ledger().size(), "jobs on the platform for " + keys + " keys");
            }
        }
    }

    private static void refusesNothing(Tried<CreateResult> tried) {
        switch (tried) {
            case Tried.Told<CreateResult>(CreateResult.Rejected(var error)) ->
                fail("the platform's trouble was taken for a refusal: " + error.message());
            case Tried.Threw<CreateResult>(var why) -> Ledger.noBug(why);
            case Tried.Told<CreateResult> _ -> {
            }
        }
    }

    private static void rotated(Stage stage) throws Exception {
        var worker = stage.worker();
        var request = stage.request();
        var handle = stage.created(worker, request);
        stage.rotate();
        // an access token that has run out may cost one poll
        Ledger.noEnd(Tried.of(() -> stage.poll(worker, handle)));
        Ledger.runs(stage, worker, handle);
        stage.rotate();
        WireCases.again(stage, worker, request, handle);
        Ledger.exactlyOne(stage, request);
        stage.rotate();
        if (Tried.of(() -> stage.delete(worker, handle)) instanceof Tried.Threw<PollResult>(var why)) {
            Ledger.noBug(why);
        }
        assertEquals(new PollResult.Cancelled(), stage.until(() -> stage.delete(worker, handle)));
    }
}
