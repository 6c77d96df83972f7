package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log away, this process behind, a bug, a stop. */
class TroubleTest {
    private static final String JOBS = "/api/v1/jobs";
    private static final String DUCKDB = "/plugins/v1/duckdb/v0";
    private Server server;
    private String id;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
        id = server.post(JOBS, Server.example("duckdb-report.json")).text("/id");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void unavailable(Server.Reply reply, String code) {
        unavailable(reply, code, true);
    }

    private static void unavailable(Server.Reply reply, String code, boolean retryable) {
        assertEquals(503, reply.status());
        assertEquals(code, reply.text("/code"));
        assertNotEquals("", reply.header("Retry-After"));
        assertEquals(retryable, reply.json().get("retryable").asBoolean());
        assertFalse(reply.text("/next").isEmpty());
    }

    @Test
    void nothingWrittenIsLogUnavailable() {
        server.jobs.failure = "LogUnavailable";
        var create = server.post(JOBS, Server.example("duckdb-report.json"));
        unavailable(create, "log-unavailable");
        assertFalse(create.json().toString().contains("10.0.0.1"));
        unavailable(server.put(DUCKDB, Server.example("duckdb-report.json")), "log-unavailable");
        unavailable(server.post(JOBS + "/" + id + ":cancel", null), "log-unavailable");
        unavailable(server.send("DELETE", DUCKDB + "?resource_id=" + id, (String) null), "log-unavailable");
    }

    @Test
    void anUnknownOutcomeCarriesTheJobAndTheRightAdvice() {
        server.jobs.failure = "OutcomeUnknown";
        var keyed = server.post(JOBS, Server.example("duckdb-report.json"), "Idempotency-Key", "k");
        unavailable(keyed, "outcome-unknown");
        assertTrue(keyed.text("/job_id").matches("j[a-z2-7]{26}"), keyed.text("/job_id"));
        assertTrue(keyed.text("/next").contains("same Idempotency-Key"), keyed.text("/next"));
        var keyless = server.put(DUCKDB, Server.example("duckdb-report.json"));
        // repeated blindly it might make a second job
        unavailable(keyless, "outcome-unknown", false);
        assertTrue(keyless.text("/next").contains(keyless.text("/job_id")), keyless.text("/next"));
        var cancel = server.send("DELETE", JOBS + "/" + id, (String) null);
        unavailable(cancel, "outcome-unknown");
        assertEquals(id, cancel.text("/job_id"));
    }

    @Test
    void tooManyUntakenIs429() {
        server.jobs.failure = "Refused";
        var reply = server.post(JOBS, Server.example("duckdb-report.json"));
        assertEquals(429, reply.status());
        assertEquals("too-many-untaken", reply.text("/code"));
        assertEquals("10", reply.header("Retry-After"));
        assertEquals("10000 creates lie untaken", reply.text("/detail"));
    }

    @Test
    void behindIsNotReadyNever404() {
        server.jobs.failure = "Behind";
        unavailable(server.get(JOBS + "/" + id), "not-ready");
        unavailable(server.get(DUCKDB + "?resource_id=" + id), "not-ready");
        server.jobs.failure = "CancelBehind";
        unavailable(server.send("DELETE", JOBS + "/" + id, (String) null), "not-ready");
    }

    @Test
    void aBugTellsTheCallerItsIdAndNoMore() {
        server.jobs.failure = "bug";
        var reply = server.get(JOBS + "/" + id);
        assertEquals(500, reply.status());
        assertEquals("internal", reply.text("/code"));
        assertTrue(reply.text("/error_id").matches("[0-9a-f]{8}"), reply.text("/error_id"));
        var text = reply.json().toString();
        assertFalse(text.contains("secret") || text.contains("Exception") || text.contains("dev.outboard"), text);
        assertEquals(500, server.post(JOBS, Server.example("duckdb-report.json")).status());
    }

    @Test
    void whileNotReadyTheDoorsAreShut() {
        server.jobs.ready = false;
        unavailable(server.get("/health/ready"), "not-ready");
        assertEquals("waiting for Kafka at localhost:9092", server.get("/health/ready").text("/detail"));
        assertEquals(200, server.get("/health/live").status());
        unavailable(server.get("/health/started"), "not-ready");
        unavailable(server.get(JOBS + "/" + id), "not-ready");
        unavailable(server.get("/api/v1/task-types"), "not-ready");
        unavailable(server.put(DUCKDB, Server.example("duckdb-report.json")), "not-ready");
        assertEquals(404, server.get("/nothing").status());
        server.jobs.ready = true;
        assertEquals(200, server.get("/health/ready").status());
        assertEquals("up", server.get("/health/started").text("/status"));
        server.jobs.ready = false;
        assertEquals(200, server.get("/health/started").status());
    }

    @Test
    void aStopLetsRequestsInFlightFinish() throws Exception {
        server.jobs.hold = new CountDownLatch(1);
        var create = CompletableFuture.supplyAsync(() -> server.post(JOBS, Server.example("duckdb-report.json")));
        assertTrue(server.jobs.held.await(10, TimeUnit.SECONDS));
        var stop = CompletableFuture.runAsync(server::stop);
        Awaitility.await().untilAsserted(() -> {
            var ready = server.get("/health/ready");
            assertEquals(503, ready.status());
            assertEquals("close", ready.header("Connection"));
        });
        var http2 = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(503, http2.statusCode());
        assertFalse(stop.isDone());
        server.jobs.hold.countDown();
        assertEquals(201, create.get(10, TimeUnit.SECONDS).status());
        stop.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aStopEndsEvenWhenARequestDoesNot() throws Exception {
        try (var other = ApiServer.start(
                ApiConfig.defaults().withPort(0).withDrain(Duration.ofMillis(200)), server.jobs,
                server.metrics)) {
            server.jobs.hold = new CountDownLatch(1);
            try (var socket = new Socket("127.0.0.1", other.port())) {
                var body = Server.example("bad/bad-sql.json");
                socket.getOutputStream()
                        .write(("POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes());
                assertTrue(server.jobs.held.await(10, TimeUnit.SECONDS));
                long before = System.nanoTime();
                other.close();
                assertTrue(System.nanoTime() - before < 8_000_000_000L);
            }
            server.jobs.hold.countDown();
        }
    }
}
