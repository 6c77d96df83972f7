package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private boolean ready;
    private final OpsServer ops = OpsServer.start("127.0.0.1", 0, () -> ready, () -> "duckdb: joining", registry);

    @AfterEach
    void close() {
        ops.close();
    }

    @Test
    void healthFollowsTheProcess() throws Exception {
        assertEquals(200, get("/health/live").statusCode());
        assertEquals(503, get("/health/started").statusCode());
        var not = get("/health/ready");
        assertEquals(503, not.statusCode());
        assertTrue(not.body().contains("duckdb: joining"), not.body());
        ready = true;
        assertEquals(200, get("/health/ready").statusCode());
        ready = false;
        assertEquals(503, get("/health/ready").statusCode());
        assertEquals(200, get("/health/started").statusCode(), "it was ready once");
    }

    @Test
    void metricsAreShownAndNothingElse() throws Exception {
        registry.counter("outboard.something").increment();
        assertTrue(get("/metrics").body().contains("outboard_something_total 1.0"));
        var other = get("/api/v1/jobs");
        assertEquals(404, other.statusCode());
        assertEquals("application/problem+json", other.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void aPortInUseIsSaid() {
        var refused = assertThrows(IllegalStateException.class,
                () -> OpsServer.start("127.0.0.1", ops.port(), () -> true, () -> "", registry));
        assertEquals("cannot listen on 127.0.0.1:" + ops.port() + "; is the port in use?", refused.getMessage());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ops.port() + path)).build(),
                BodyHandlers.ofString());
    }
}
