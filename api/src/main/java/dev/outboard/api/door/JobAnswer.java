package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * Answers that show a job, with what a client goes on by. Never stored: a browser that did would send its own
 * If-None-Match and change what a wait waits for.
 */
final class JobAnswer {
    private static final int LONGEST_PAUSE = 10;
    private final Rendered rendered;

    JobAnswer(Rendered rendered) {
        this.rendered = rendered;
    }

    void send(ServerRequest req, ServerResponse res, int status, Reading.Found found) {
        headers(res, found);
        Answer.json(req, res, status, rendered.of(found));
    }

    void notModified(ServerResponse res, Reading.Found found) {
        headers(res, found);
        Answer.empty(res, 304);
    }

    private static void headers(ServerResponse res, Reading.Found found) {
        res.header(HeaderNames.ETAG, Etag.of(found));
        res.header(Params.POSITION, found.position().toString());
        res.header(Answer.NO_STORE);
        if (!found.job().state().terminal()) {
            res.header(HeaderNames.RETRY_AFTER, Integer.toString(pause(found.job().accepted().at())));
        }
    }

    /** Seconds until asking again makes sense: a second for a young job, more for one that takes long anyway. */
    private static int pause(Instant created) {
        return (int) Math.clamp(Duration.between(created, Instant.now()).toMinutes(), 1, LONGEST_PAUSE);
    }
}
