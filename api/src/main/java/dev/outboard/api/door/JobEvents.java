package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Entity;
import dev.outboard.api.http.EventStream;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Refused;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A job's changes as server-sent events: always the latest, never one that is older than the last. */
final class JobEvents {
    private static final long KEEP_ALIVE = Duration.ofSeconds(15).toNanos();
    private final Asking asking;
    private final Waiters waiters;
    private final Rendered rendered;

    JobEvents(Asking asking, Waiters waiters, Rendered rendered) {
        this.asking = asking;
        this.waiters = waiters;
        this.rendered = rendered;
    }

    void handle(ServerRequest req, ServerResponse res) {
        var id = Params.id(req);
        var last = Params.lastEvent(req);
        try (var waiter = waiters.open(id)) {
            var found = asking.read(id, last);
            boolean news = last == null || newer(found, last);
            if (!news && found.job().state().terminal()) {
                // the one answer at which a browser's EventSource does not come back
                Answer.empty(res, 204);
            } else if (req.prologue().method().equals(Method.HEAD)) {
                EventStream.headers(res);
                Answer.empty(res, 200);
            } else {
                tell(EventStream.begin(res), waiter, found, news);
            }
        }
    }

    private void tell(EventStream stream, Waiters.Waiter waiter, Reading.Found first, boolean news) {
        var shown = first;
        if (news) {
            show(stream, first);
        }
        long lastSent = System.nanoTime();
        while (!shown.job().state().terminal()) {
            if (!waiter.await(System.nanoTime() + KEEP_ALIVE)) {
                return;
            }
            var found = again(shown);
            if (found == null) {
                return;
            }
            if (!older(found, shown) && !Etag.of(found).equals(Etag.of(shown))) {
                show(stream, found);
                shown = found;
                lastSent = System.nanoTime();
            } else if (System.nanoTime() - lastSent >= KEEP_ALIVE) {
                stream.keepAlive();
                lastSent = System.nanoTime();
            }
        }
        stream.event(shown.position().toString(), "end", end(shown).plain());
    }

    /** Null where it cannot be told any more: the client comes again, and is told why. */
    private Reading.@Nullable Found again(Reading.Found shown) {
        try {
            return asking.again(shown);
        } catch (Refused e) {
            return null;
        }
    }

    private void show(EventStream stream, Reading.Found found) {
        stream.event(found.position().toString(), "job", rendered.of(found).plain());
    }

    private static Entity end(Reading.Found found) {
        return Entity.json(Json.object()
                .put("id", found.job().id().toString())
                .put("state", found.job().state().name()));
    }

    /**
     * True if who has seen the event of this id has not seen the job as it is. The read has reached that id's place, so
     * what stands in the other log, or in another partition, came after it or never was its job.
     */
    private static boolean newer(Reading.Found found, Position last) {
        var position = found.position();
        if (position.log() == last.log() && position.partition() == last.partition()) {
            return position.offset() > last.offset();
        }
        // a worker's first record of a job may tell no more than its create did
        return last.log() != Position.Log.COMMANDS || found.job().rev() > 1
                || found.job().incarnation() != last.offset();
    }

    private static boolean older(Reading.Found found, Reading.Found shown) {
        var job = found.job();
        var other = shown.job();
        return job.incarnation() < other.incarnation()
                || job.incarnation() == other.incarnation() && job.rev() < other.rev();
    }
}
