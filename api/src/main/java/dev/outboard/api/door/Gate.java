package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.view.Jobs;
import io.helidon.webserver.http.Handler;

/** Keeps a door shut until this process has caught up with the log. */
final class Gate {
    private final Jobs jobs;

    Gate(Jobs jobs) {
        this.jobs = jobs;
    }

    Handler behind(Handler handler) {
        return (req, res) -> {
            if (!jobs.ready()) {
                throw notReady(jobs).refused();
            }
            handler.handle(req, res);
        };
    }

    /** What it waits for is a few words, such as the log's name. */
    static Problem notReady(Jobs jobs) {
        return Code.NOT_READY.says("waiting for " + jobs.waitingFor());
    }
}
