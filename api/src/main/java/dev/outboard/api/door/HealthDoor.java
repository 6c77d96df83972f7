package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Drain;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Route;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Live: can answer. Started: was ready once. Ready: does its work now, and is not about to stop. */
public final class HealthDoor implements HttpService {
    private final BooleanSupplier isReady;
    private final Supplier<String> why;
    private final Drain drain;
    // never goes back: a process that has lost Kafka is to wait for it, not to be restarted
    private volatile boolean started;

    /**
     * @param isReady asked at each probe
     * @param why it is not ready, for people
     */
    public HealthDoor(BooleanSupplier isReady, Supplier<String> why, Drain drain) {
        this.isReady = isReady;
        this.why = why;
        this.drain = drain;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get(HealthDoor::up).at(rules, "/live");
        Route.get(this::started).at(rules, "/started");
        Route.get(this::ready).at(rules, "/ready");
    }

    private void started(ServerRequest req, ServerResponse res) {
        if (!started) {
            requireReady();
        }
        started = true;
        up(req, res);
    }

    private void ready(ServerRequest req, ServerResponse res) {
        if (drain.draining()) {
            throw Code.NOT_READY.says("this process is about to stop").refused();
        }
        requireReady();
        started = true;
        up(req, res);
    }

    private void requireReady() {
        if (!isReady.getAsBoolean()) {
            throw Code.NOT_READY.says(why.get()).refused();
        }
    }

    private static void up(ServerRequest req, ServerResponse res) {
        Answer.json(req, res, 200, Json.object().put("status", "up"));
    }
}
