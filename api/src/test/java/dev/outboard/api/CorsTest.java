package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins. By raw requests: Java's client sets no Origin of ours. */
class CorsTest {
    private static final String CONSOLE = "https://console.example";
    private static Server server;
    private static String id;

    @BeforeAll
    static void start() {
        server = new Server(config -> config.withCorsOrigins(List.of(CONSOLE)), "duckdb");
        id = server.created();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String send(String method, String path, String... headers) {
        return server.raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/v1/jobs", "GET,/api/v1/jobs", "DELETE,/api/v1/jobs/jx", "PUT,/plugins/v1/duckdb/v0"})
    void aPreflightOfANamedOriginIsGranted(String method, String path) {
        var reply = send("OPTIONS", path, "Origin: " + CONSOLE, "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: content-type,idempotency-key");
        assertTrue(reply.startsWith("HTTP/1.1 204"), reply);
        assertTrue(reply.contains("Access-Control-Allow-Origin: " + CONSOLE + "\r\n"), reply);
        assertTrue(reply.contains("Access-Control-Allow-Methods: DELETE, GET, HEAD, POST, PUT\r\n"), reply);
        for (var header : new String[]{"Content-Type", "Idempotency-Key", "If-None-Match", "Prefer", "Last-Event-ID",
                "Authorization", "Outboard-Position"}) {
            assertTrue(reply.lines()
                    .anyMatch(line -> line.startsWith("Access-Control-Allow-Headers:") && line.contains(header)),
                    header + " in " + reply);
        }
        assertTrue(reply.contains("Vary: Origin"), reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://console.example", "https://console.example.evil.example",
            "https://console.example:8443", "null", "HTTPS://CONSOLE.EXAMPLE"})
    void aPreflightOfAnotherIsRefused(String origin) {
        var reply = send("OPTIONS", "/api/v1/jobs", "Origin: " + origin, "Access-Control-Request-Method: POST");
        assertTrue(reply.startsWith("HTTP/1.1 403"), reply);
        assertTrue(reply.contains("\"code\":\"forbidden\""), reply);
        assertFalse(reply.contains("Access-Control-Allow"), reply);
    }

    @Test
    void answersToANamedOriginCanBeRead() {
        for (var path : new String[]{"/api/v1/jobs/" + id, "/api/v1/jobs/jx", "/nothing"}) {
            var reply = send("GET", path, "Origin: " + CONSOLE);
            assertTrue(reply.contains("Access-Control-Allow-Origin: " + CONSOLE + "\r\n"), reply);
            for (var header : new String[]{"ETag", "Location", "Outboard-Position", "Preference-Applied", "Retry-After",
                    "Idempotency-Replayed"}) {
                assertTrue(reply.lines()
                        .anyMatch(line -> line.startsWith("Access-Control-Expose-Headers:") && line.contains(header)),
                        header + " in " + reply);
            }
        }
        try (var events = new Events(server.port(), "/api/v1/jobs/" + id + "/events", "Origin: " + CONSOLE)) {
            assertTrue(events.head.contains("Access-Control-Allow-Origin: " + CONSOLE), events.head);
        }
    }

    @Test
    void answersToAnotherAreNotItsToRead() {
        var reply = send("GET", "/api/v1/jobs/" + id, "Origin: https://evil.example");
        assertTrue(reply.startsWith("HTTP/1.1 200"), reply);
        assertFalse(reply.contains("Access-Control"), reply);
        assertTrue(reply.contains("Vary: Origin"), reply);
    }

    @Test
    void whoNamesNoOriginIsNotConcerned() {
        var reply = send("GET", "/api/v1/jobs/" + id);
        assertTrue(reply.startsWith("HTTP/1.1 200"), reply);
        assertFalse(reply.contains("Access-Control"), reply);
        assertTrue(send("OPTIONS", "/api/v1/jobs").contains("Allow: GET, HEAD, OPTIONS, POST"));
    }

    @Test
    void byDefaultNobodyIsLetIn() {
        try (var closed = new Server("duckdb")) {
            var reply = closed.raw("OPTIONS /api/v1/jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: " + CONSOLE
                    + "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
            assertFalse(reply.contains("Access-Control"), reply);
            assertEquals(200, closed.get("/health/live").status());
        }
    }
}
