package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP itself: sizes, types, methods, and what is hardly HTTP. */
class HttpTest {
    private static final String DUCKDB = "/plugins/v1/duckdb/v0";
    private static final int MIB = 1 << 20;
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server("duckdb");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.jobs.last = null;
    }

    private static void problem(Server.Reply reply, int status, String code) {
        assertEquals(status, reply.status());
        assertEquals("application/problem+json", reply.header("Content-Type"));
        assertEquals(code, reply.text("/code"));
        assertEquals(status, reply.json().get("status").asInt());
        for (var member : new String[]{"type", "title", "detail", "next"}) {
            assertFalse(reply.json().path(member).asText().isEmpty(), member);
        }
        assertNull(server.jobs.last);
    }

    /** Valid JSON of exactly this many bytes. */
    private static byte[] padded(int size) {
        var body = new byte[size];
        Arrays.fill(body, (byte) ' ');
        var json = "{\"template\":{\"type\":\"duckdb\"}}".getBytes();
        System.arraycopy(json, 0, body, 0, json.length);
        return body;
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * MIB + 1, 20 * MIB})
    void bodiesOverTheLimitAre413(int size) {
        var body = padded(size);
        problem(server.send("PUT", DUCKDB, BodyPublishers.ofByteArray(body), true), 413, "body-too-large");
        problem(server.send("PUT", DUCKDB, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), true),
                413,
                "body-too-large");
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() {
        assertEquals(200, server.send("PUT", DUCKDB, BodyPublishers.ofByteArray(padded(4 * MIB)), true).status());
        assertEquals(200, server.send("PUT", DUCKDB,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(padded(4 * MIB))), true).status());
    }

    @Test
    void aDecodedCreateOverItsLimitIs413() {
        problem(server.put(DUCKDB,
                "{\"template\":{\"type\":\"duckdb\",\"sql\":{\"statement\":\"" + "x".repeat(MIB) + "\"}}}"),
                413, "body-too-large");
    }

    /** Beyond 64 MiB the connection is closed on the rest; only who has not begun to send is sure to read why. */
    @Test
    void aBodyFarOverTheLimitIsNotWaitedFor() {
        var reply = server.raw("PUT " + DUCKDB + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 73400320\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 413"), reply);
        assertTrue(reply.contains("body-too-large") && reply.contains("Connection: close"), reply);
    }

    @Test
    void whoAsksFirstIsToldBeforeSending() {
        var reply = server.raw("PUT " + DUCKDB + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5000000\r\nExpect: 100-continue\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 413"), reply);
        assertTrue(reply.contains("body-too-large"), reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=iso-8859-1",
            "application/jsonx", "application/json; version=1", "nonsense", ""})
    void otherContentTypesAre415(String type) {
        problem(server.put(DUCKDB, "{}", "Content-Type", type), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON", "application/json;charset=UTF-8",
            "application/json; charset=\"utf-8\""})
    void jsonInUtf8IsTaken(String type) {
        assertEquals(200, server.put(DUCKDB, "{\"template\":{\"type\":\"duckdb\"}}", "Content-Type", type).status());
    }

    @Test
    void noContentTypeIs415AndCompressedBodiesToo() {
        problem(server.send("PUT", DUCKDB, BodyPublishers.ofString("{}"), false), 415, "unsupported-media-type");
        problem(server.put(DUCKDB, "{}", "Content-Encoding", "gzip"), 415, "unsupported-media-type");
    }

    @Test
    void unmatchedAcceptIsIgnored() {
        assertEquals(200, server.get("/health/live", "Accept", "image/png").status());
        problem(server.get("/nothing", "Accept", "text/html"), 404, "unknown-path");
    }

    @Test
    void anEmptyBodyIs400() {
        problem(server.put(DUCKDB, null), 400, "malformed-json");
        problem(server.put(DUCKDB, ""), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"a\"", "null", "{\"a\":1,\"a\":2}", "{\"template\":{\"type\":\"duckdb\"}} x",
            "{\"template\":{\"type\":\"duckdb\",\"task_type_version\":9223372036854775808}}", "{'a':1}", "{\"a\":NaN}"})
    void oddBodiesAre400(String body) {
        var reply = server.put(DUCKDB, body);
        assertEquals(400, reply.status());
        assertNull(server.jobs.last);
    }

    @Test
    void deepNestingAndInvalidUtf8Are400() {
        problem(server.put(DUCKDB, "{\"a\":".repeat(100_000)), 400, "malformed-json");
        problem(server.send("PUT", DUCKDB, BodyPublishers.ofByteArray(new byte[]{'{', '"', (byte) 0xc3, '"', '}'}),
                true),
                400, "malformed-json");
    }

    @Test
    void longPathsAndHeadersAreRefused() {
        var path = server.get("/api/v1/jobs/" + "a".repeat(100_000));
        problem(path, 414, "path-too-long");
        assertTrue(path.response().body().length < 1000);
        problem(server.get("/api/v1/jobs/x?position=" + "a".repeat(100_000)), 414, "path-too-long");
        problem(server.get("/health/live", "X-Long", "a".repeat(100_000)), 431, "headers-too-large");
        var longKey = server.put(DUCKDB, "{}", "Idempotency-Key", "a".repeat(100_000));
        problem(longKey, 431, "headers-too-large");
    }

    @ParameterizedTest
    @CsvSource({"POST,/plugins/v1/duckdb/v0,'DELETE, GET, HEAD, OPTIONS, PUT'",
            "PUT,/api/v1/jobs,'GET, HEAD, OPTIONS, POST'", "GET,/api/v1/jobs/jx:cancel,'OPTIONS, POST'",
            "PATCH,/api/v1/jobs/jx,'DELETE, GET, HEAD, OPTIONS'", "POST,/api/v1/jobs/jx/events,'GET, HEAD, OPTIONS'",
            "POST,/api/v1/task-types,'GET, HEAD, OPTIONS'", "DELETE,/health/live,'GET, HEAD, OPTIONS'"})
    void otherMethodsAre405(String method, String path, String allow) {
        var reply = server.send(method, path, (String) null);
        problem(reply, 405, "method-not-allowed");
        assertEquals(allow, reply.header("Allow"));
    }

    @Test
    void optionsTellsWhatIsAllowed() {
        var reply = server.send("OPTIONS", "/api/v1/jobs", (String) null);
        assertEquals(204, reply.status());
        assertEquals("GET, HEAD, OPTIONS, POST", reply.header("Allow"));
        assertEquals("", reply.header("Access-Control-Allow-Origin"));
        assertEquals(404, server.send("OPTIONS", "/nothing", (String) null).status());
    }

    @Test
    void headHasTheHeadersAlone() {
        for (var path : new String[]{"/health/live", "/api/v1/task-types", "/nothing", "/api/v1/jobs/jx",
                "/api/v1/jobs", "/api/v1/jobs?x=1"}) {
            var get = server.get(path);
            var head = server.raw("HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(head.startsWith("HTTP/1.1 " + get.status()), head);
            assertTrue(head.endsWith("\r\n\r\n"), head);
            if (get.status() == 200) {
                assertTrue(head.contains("Content-Length: " + get.response().body().length), head);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE\r\n\r\n", "GET /health/live HTTP/1.1\r\nHost: x\r\nX: \u0001\r\n\r\n",
            "GET /api/v1/jobs/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/v1/jobs/x?position=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "PUT /plugins/v1/duckdb/v0 HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "PUT /plugins/v1/duckdb/v0 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "PUT /plugins/v1/duckdb/v0 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void whatIsNoHttpIs400AndClosed(String request) {
        var reply = server.raw(request);
        assertTrue(request.startsWith("GARBAGE") || reply.startsWith("HTTP/1.1 400"), reply);
        assertFalse(reply.contains("Exception") || reply.contains("zz "), reply);
        assertEquals(200, server.get("/health/live").status());
    }

    @Test
    void clientsThatGoAwayHarmNobody() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (var socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream()
                        .write(("PUT " + DUCKDB + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 500\r\n\r\nabc").getBytes());
            }
        }
        assertEquals(200, server.get("/health/live").status());
        assertNull(server.jobs.last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/api/v1/jobs", "/nothing"})
    void aConnectionThatIsToCloseIsClosed(String path) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes());
            var reply = new String(socket.getInputStream().readAllBytes());
            assertTrue(reply.contains("Connection: close"), reply);
            assertTrue(reply.endsWith("}\n"), reply);
        }
    }

    @Test
    void http2WorksOnTheSamePort() throws Exception {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (var path : new String[]{"/health/live", "/nothing"}) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                    BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, response.version());
            assertEquals(path.equals("/nothing") ? 404 : 200, response.statusCode());
        }
        var large = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + DUCKDB))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(padded(5 * MIB)))
                .build(),
                BodyHandlers.ofString());
        assertEquals(413, large.statusCode());
    }

    @Test
    void aPortInUseIsSaid() {
        var config = ApiConfig.defaults().withPort(server.port());
        var refused = assertThrows(IllegalStateException.class,
                () -> ApiServer.start(config, server.jobs, server.metrics));
        assertTrue(refused.getMessage().startsWith("cannot listen on 127.0.0.1:" + server.port()),
                refused.getMessage());
    }
}
