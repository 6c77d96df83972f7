package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Drain;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Route;
import dev.outboard.dispatcher.view.Jobs;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Live: can answer. Started: was ready once. Ready: has caught up with the log, and is not about to stop. */
public final class HealthDoor implements HttpService {
    private final Jobs jobs;
    private final Drain drain;
    // never goes back: a process that has lost Kafka is to wait for it, not to be restarted
    private volatile boolean started;

    public HealthDoor(Jobs jobs, Drain drain) {
        this.jobs = jobs;
        this.drain = drain;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get(HealthDoor::up).at(rules, "/live");
        Route.get(this::started).at(rules, "/started");
        Route.get(this::ready).at(rules, "/ready");
    }

    private void started(ServerRequest req, ServerResponse res) {
        if (!started && !jobs.ready()) {
            throw Gate.notReady(jobs).refused();
        }
        started = true;
        up(req, res);
    }

    private void ready(ServerRequest req, ServerResponse res) {
        if (drain.draining()) {
            throw Code.NOT_READY.says("this process is about to stop").refused();
        }
        if (!jobs.ready()) {
            throw Gate.notReady(jobs).refused();
        }
        started = true;
        up(req, res);
    }

    private static void up(ServerRequest req, ServerResponse res) {
        Answer.json(req, res, 200, Json.object().put("status", "up"));
    }
}
