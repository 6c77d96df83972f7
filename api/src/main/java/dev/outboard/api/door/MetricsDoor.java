package dev.outboard.api.door;

import dev.outboard.api.http.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
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
        Route.get(this::scrape).at(rules, "/metrics");
    }

    private void scrape(ServerRequest req, ServerResponse res) {
        var text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        res.header(HeaderNames.CONTENT_TYPE, TYPE);
        if (req.prologue().method().equals(Method.HEAD)) {
            res.header(HeaderNames.CONTENT_LENGTH, Integer.toString(text.length)).send(new byte[0]);
        } else {
            res.send(text);
        }
    }
}
