package dev.outboard.api.door;

import dev.outboard.api.http.Code;
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
                throw Code.NOT_READY.says(jobs.waitingFor()).refused();
            }
            handler.handle(req, res);
        };
    }
}
