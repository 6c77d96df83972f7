package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is not there yet, is killed, and comes back; what callers and operators see of it. */
class KafkaAwayIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String BODY = "{\"template\": {\"type\": \"duckdb\", \"sql\": {\"statement\": \"SELECT 1 AS n\"}}}";

    @Test
    void saysSoAndGoesOnWhenItComes(@TempDir Path dir) throws Exception {
        int port = freePort();
        int http = freePort();
        var kafka = "127.0.0.1:" + port;
        try (var api = Role.start(dir, "api", "--kafka", kafka, "--port", Integer.toString(http));
                var worker = Role.start(dir, "worker", "--kafka", kafka, "--partitions", "2", "--data",
                        dir.resolve("data").toString())) {
            api.said("waiting for (Kafka, at " + kafka + ")");
            worker.said("(?m)^([^;]*\\bduckdb\\b[^;]*: waiting for Kafka at " + kafka + ")$");
            assertEquals(200, get(http, "/health/live").statusCode());
            assertEquals(503, get(http, "/health/ready").statusCode());
            refused(create(http), Set.of("not-ready"));

            try (var broker = broker(dir, port)) {
                api.said("(api ready)");
                worker.said("(worker ready)");
                await().atMost(Duration.ofSeconds(30)).until(() -> create(http).statusCode() == 201);
                assertEquals(200, get(http, "/health/ready").statusCode());
                assertFalse(broker.output().contains("AutoTopicCreation"), broker.output());
                broker.kill();
                refused(create(http), Set.of("log-unavailable", "outcome-unknown"));
            }
            try (var broker = broker(dir, port)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> create(http).statusCode() == 201);
            }
            assertFalse(api.output().contains("\tat "), api.output());
            assertFalse(worker.output().contains("\tat "), worker.output());
        }
    }

    private static Role broker(Path dir, int port) throws IOException {
        var broker = Role.start(dir, "broker", "--data", dir.resolve("kafka").toString(), "--port",
                Integer.toString(port));
        broker.said("(broker ready)");
        return broker;
    }

    private static void refused(HttpResponse<String> answer, Set<String> codes) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(codes.stream().anyMatch(code -> answer.body().contains("\"" + code + "\"")), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent(), answer.headers().toString());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    }

    private static HttpResponse<String> create(int port) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(BODY))
                .build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
