package dev.outboard.api.door;

import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Entity;
import dev.outboard.api.http.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** Everything that this process measures, in Prometheus' text format, at {@code /metrics}. */
public final class MetricsDoor implements HttpService {
    private static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8");
    private final PrometheusMeterRegistry registry;

    public MetricsDoor(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get(this::scrape).at(rules, "/metrics");
    }

    private void scrape(ServerRequest req, ServerResponse res) {
        Answer.text(req, res, TYPE, Entity.of(registry.scrape().getBytes(StandardCharsets.UTF_8)));
    }
}
