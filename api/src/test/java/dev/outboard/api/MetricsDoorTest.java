package dev.outboard.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsDoorTest {
    private static final String JOB = "j" + "a".repeat(26);
    private final Server server = new Server("duckdb");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachRequestIsTimedByMethodRouteAndStatus() {
        server.post("/api/v1/jobs", Server.example("duckdb-report.json"));
        server.post("/api/v1/jobs", "{");
        server.get("/api/v1/jobs/" + JOB);
        server.send("HEAD", "/api/v1/jobs/" + JOB, (String) null);
        server.get("/plugins/v1/duckdb/v0?resource_id=" + JOB);
        server.post("/api/v1/jobs/" + JOB + ":cancel", "{}");
        server.send("PATCH", "/api/v1/task-types", (String) null);
        awaitSeries(Set.of("POST /api/v1/jobs 201", "POST /api/v1/jobs 400", "GET /api/v1/jobs/{id} 404",
                "HEAD /api/v1/jobs/{id} 404", "GET /plugins/v1/{task_type}/{version} 404",
                "POST /api/v1/jobs/{id}:cancel 404", "PATCH /api/v1/task-types 405"));
    }

    @Test
    void whatACallerMakesUpIsOneValue() {
        for (int i = 0; i < 3; i++) {
            server.get("/made/up/" + i + "?secret=hunter2");
            server.send("MADEUP" + i, "/made/up/" + i, (String) null);
        }
        awaitSeries(Set.of("GET unknown 404", "other unknown 404"));
        var text = new String(server.get("/metrics").response().body(), StandardCharsets.UTF_8);
        assertFalse(text.contains("hunter2") || text.contains("made/up") || text.contains("MADEUP"), text);
    }

    @Test
    void theScrapeIsPrometheusText() {
        server.get("/health/live");
        awaitSeries(Set.of("GET /health/live 200"));
        var reply = server.get("/metrics");
        assertEquals(200, reply.status());
        assertTrue(reply.header("Content-Type").startsWith("text/plain; version=0.0.4"), reply.header("Content-Type"));
        var text = new String(reply.response().body(), StandardCharsets.UTF_8);
        assertTrue(text.contains("# TYPE outboard_http_request_seconds histogram"), text);
        assertTrue(text.contains("outboard_http_request_seconds_count{method=\"GET\",route=\"/health/live\","
                + "status=\"200\"} 1"), text);
        var head = server.send("HEAD", "/metrics", (String) null);
        assertEquals(200, head.status());
        assertEquals(0, head.response().body().length);
    }

    private void awaitSeries(Set<String> expected) {
        // the answer is sent before it is counted
        await().untilAsserted(() -> assertEquals(expected, server.metrics.find("outboard.http.request")
                .timers()
                .stream()
                .map(t -> t.getId().getTag("method") + " " + t.getId().getTag("route") + " "
                        + t.getId().getTag("status"))
                .collect(Collectors.toSet())));
    }
}
