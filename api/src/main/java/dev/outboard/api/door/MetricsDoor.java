package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Route;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** Everything that this process measures, in Prometheus' text format, at {@code /metrics}. */
public final class MetricsDoor implements HttpService {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private final PrometheusMeterRegistry registry;

    public MetricsDoor(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get((req, res) -> Answer.send(req, res, 200, TYPE, registry.scrape().getBytes(StandardCharsets.UTF_8)))
                .at(rules, "/metrics");
    }
}
