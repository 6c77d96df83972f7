package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins. */
class CorsTest {
    private static final String CONSOLE = "https://console.example";
    private static final String ORIGINS = "Access-Control-Allow-Origin";
    private static final String METHOD = "Access-Control-Request-Method";
    private static Server server;
    private static String job;

    @BeforeAll
    static void start() {
        server = new Server(config -> config.withCorsOrigins(List.of(CONSOLE)), "duckdb");
        job = "/api/v1/jobs/" + server.created();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Server.Reply send(String method, String path, String... headers) {
        return server.send(method, path, (String) null, headers);
    }

    private static void names(String list, String... headers) {
        assertEquals(Set.of(headers), Set.of(list.split(", ")));
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/v1/jobs", "GET,/api/v1/jobs", "DELETE,/api/v1/jobs/jx", "PUT,/plugins/v1/duckdb/v0"})
    void aPreflightOfANamedOriginIsGranted(String method, String path) {
        var reply = send("OPTIONS", path, "Origin", CONSOLE, METHOD, method, "Access-Control-Request-Headers",
                "content-type,idempotency-key");
        assertEquals(204, reply.status());
        assertEquals(CONSOLE, reply.header(ORIGINS));
        names(reply.header("Access-Control-Allow-Methods"), "DELETE", "GET", "HEAD", "POST", "PUT");
        names(reply.header("Access-Control-Allow-Headers"), "Content-Type", "Idempotency-Key", "If-None-Match",
                "Prefer", "Last-Event-ID", "Authorization", "Outboard-Position");
        assertEquals("Origin", reply.header("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://console.example", "https://console.example.evil.example",
            "https://console.example:8443", "null", "HTTPS://CONSOLE.EXAMPLE"})
    void aPreflightOfAnotherIsRefused(String origin) {
        var reply = send("OPTIONS", "/api/v1/jobs", "Origin", origin, METHOD, "POST");
        assertEquals(403, reply.status());
        assertEquals("forbidden", reply.text("/code"));
        assertNothing(reply);
    }

    private static void assertNothing(Server.Reply reply) {
        var names = reply.response().headers().map().keySet();
        assertTrue(names.stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control")),
                names.toString());
    }

    @Test
    void answersToANamedOriginCanBeRead() {
        for (var path : new String[]{job, "/api/v1/jobs/jx", "/nothing"}) {
            var reply = send("GET", path, "Origin", CONSOLE);
            assertEquals(CONSOLE, reply.header(ORIGINS));
            names(reply.header("Access-Control-Expose-Headers"), "ETag", "Location", "Outboard-Position",
                    "Preference-Applied", "Retry-After", "Idempotency-Replayed");
        }
        try (var events = new Events(server.port(), job + "/events", "Origin: " + CONSOLE)) {
            assertTrue(events.head.contains(ORIGINS + ": " + CONSOLE), events.head);
        }
    }

    @Test
    void answersToAnotherAreNotItsToRead() {
        var reply = send("GET", job, "Origin", "https://evil.example");
        assertEquals(200, reply.status());
        assertNothing(reply);
        assertEquals("Origin", reply.header("Vary"));
    }

    @Test
    void whoNamesNoOriginIsNotConcerned() {
        var reply = send("GET", job);
        assertEquals(200, reply.status());
        assertNothing(reply);
        assertEquals("GET, HEAD, OPTIONS, POST", send("OPTIONS", "/api/v1/jobs").header("Allow"));
    }

    @Test
    void byDefaultNobodyIsLetIn() {
        try (var closed = new Server("duckdb")) {
            assertNothing(closed.send("OPTIONS", "/api/v1/jobs", (String) null, "Origin", CONSOLE, METHOD, "POST"));
            assertNothing(closed.get("/health/live", "Origin", CONSOLE));
        }
    }
}
