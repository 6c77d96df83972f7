package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.crash.drive.Reader.Record;
import dev.outboard.crash.history.Kind;
import dev.outboard.crash.platform.Script.Cancel;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One job from its create to its end, as one client sees it. Used by one thread. */
final class Client {
    private static final long QUICK = 80;
    private static final long SLOW = 700;
    private static final int REPEATS = 20;

    private final Api api;
    private final Counts counts;
    private final Record record;
    private final Note note;
    private final BooleanSupplier late;
    private int replica;

    /** @param late true once nobody waits any longer */
    Client(Api api, Record record, Note note, BooleanSupplier late) {
        this.api = api;
        this.record = record;
        counts = record.counts();
        this.note = note;
        this.late = late;
        replica = note.script().number() % api.replicas();
    }

    void run() throws InterruptedException {
        if (create()) {
            counts.accepted.incrementAndGet();
        }
        if (note.script().repeated()) {
            other();
            repeat();
        }
        var id = note.id();
        if (id != null) {
            follow(id, new Reader(api, record, note, id));
        }
    }

    /** Until it is acknowledged; each next try is the other replica's. */
    private boolean create() throws InterruptedException {
        while (!late.getAsBoolean()) {
            if (created()) {
                return true;
            }
            other();
            Thread.sleep(QUICK);
        }
        return false;
    }

    private boolean created() throws InterruptedException {
        var call = record.begin(replica, Kind.CREATE, note);
        try {
            var answer = api.create(replica, note.key(), note.script().number());
            if (answer.status() == 200 || answer.status() == 201) {
                call.created(answer.status() == 200);
            } else {
                call.unknown();
            }
            switch (answer.status()) {
                case 200, 201 -> {
                    note.acknowledged(answer.body().path("id").asText(), answer.body().path("incarnation").asLong());
                    return true;
                }
                case 429, 503 -> refused(answer);
                default -> note.odd("a create was answered " + answer.brief());
            }
        } catch (IOException e) {
            call.unknown();
            lost(e);
        }
        return false;
    }

    /** Once more, and on this replica: the other has the first one. */
    private void repeat() throws InterruptedException {
        for (int tries = 0; tries < REPEATS && !late.getAsBoolean(); tries++) {
            if (created()) {
                counts.repeats.incrementAndGet();
                return;
            }
            Thread.sleep(SLOW);
        }
    }

    private void follow(String id, Reader reader) throws InterruptedException {
        boolean toCancel = note.script().cancel() != Cancel.NOT;
        for (int reads = 1; !late.getAsBoolean(); reads++) {
            // a wait that is broken off by a kill is one more thing to survive
            var job = reader.read(replica, !toCancel && reads % 4 == 0);
            if (job != null && Reader.ended(job)) {
                note.ended();
                counts.ended.incrementAndGet();
                return;
            }
            if (toCancel && job != null && due(job)) {
                cancel(id, reader);
                toCancel = false;
            }
            other();
            Thread.sleep(toCancel ? QUICK : Math.min(SLOW, QUICK * (2 + reads)));
        }
    }

    private boolean due(JsonNode job) {
        return switch (job.path("state").asText()) {
            case "QUEUED", "WAITING" -> false;
            case "SUBMITTING" -> note.script().cancel() == Cancel.WHILE_SUBMITTING;
            default -> true;
        };
    }

    private void cancel(String id, Reader reader) throws InterruptedException {
        while (!late.getAsBoolean()) {
            var job = cancelled(id);
            if (job != null) {
                reader.saw(job, "the cancel's answer of replica " + (replica + 1));
                return;
            }
            other();
            Thread.sleep(QUICK);
        }
    }

    private @Nullable JsonNode cancelled(String id) throws InterruptedException {
        try {
            var answer = api.cancel(replica, id);
            switch (answer.status()) {
                case 202 -> {
                    note.cancelAccepted();
                    counts.cancelsAccepted.incrementAndGet();
                    if (answer.body().path("state").asText().equals("SUBMITTING")) {
                        counts.cancelsSubmitting.incrementAndGet();
                    }
                    return answer.body();
                }
                case 200 -> {
                    return answer.body();
                }
                case 404 -> note.missed("a cancel was answered " + answer.brief());
                case 429, 503 -> refused(answer);
                default -> note.odd("a cancel was answered " + answer.brief());
            }
        } catch (IOException e) {
            lost(e);
        }
        return null;
    }

    private void refused(Api.Answer answer) {
        (answer.code().equals("outcome-unknown") ? counts.unknownOutcomes : counts.refusals).incrementAndGet();
    }

    private void lost(IOException e) {
        (Api.unsent(e) ? counts.refusals : counts.unknownOutcomes).incrementAndGet();
    }

    private void other() {
        replica = (replica + 1) % api.replicas();
    }
}
