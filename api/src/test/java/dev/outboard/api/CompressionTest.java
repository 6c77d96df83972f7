package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies worth it are compressed for who takes that. */
class CompressionTest {
    private static Server server;
    private static String large;
    private static String small;

    @BeforeAll
    static void start() {
        server = new Server("duckdb");
        small = "/api/v1/jobs/" + server.created();
        var id = server.created();
        large = "/api/v1/jobs/" + id;
        server.jobs.change(id, job -> new Job(job.id(), job.incarnation(), job.rev() + 1, job.accepted(), job.state(),
                "all is well; ".repeat(100), job.attempt(), job.conditions(), null, null, null, null, job.times()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] unzipped(Server.Reply reply) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(reply.response().body())).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "br, gzip;q=0.5", "*", "*;q=0.1, br", "identity;q=0.5, gzip",
            "deflate , gzip ; q=1.000", "gzip;q=0.001", "identity;q=0,*;q=1"})
    void whoTakesGzipGetsIt(String accepted) throws IOException {
        var plain = server.get(large);
        assertEquals("", plain.header("Content-Encoding"));
        for (int i = 0; i < 2; i++) {
            var zipped = server.get(large, "Accept-Encoding", accepted);
            assertEquals("gzip", zipped.header("Content-Encoding"));
            assertEquals("application/json", zipped.header("Content-Type"));
            assertTrue(zipped.response().body().length < plain.response().body().length / 2);
            assertArrayEquals(plain.response().body(), unzipped(zipped));
            assertEquals(plain.header("ETag"), zipped.header("ETag"));
            assertEquals("Accept-Encoding", zipped.header("Vary"));
        }
        assertEquals("Accept-Encoding", plain.header("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "identity", "identity, gzip;q=0.5",
            "gzip;q=2", "gzip;x=1", "gzipped", "not gzip"})
    void whoDoesNotGetsItPlain(String accepted) {
        var reply = server.get(large, "Accept-Encoding", accepted);
        assertEquals("", reply.header("Content-Encoding"));
        assertEquals("Accept-Encoding", reply.header("Vary"));
        assertTrue(reply.json().has("id"));
    }

    @Test
    void littleIsSentAsItIs() {
        var reply = server.get(small, "Accept-Encoding", "gzip");
        assertEquals("", reply.header("Content-Encoding"));
        assertEquals("", reply.header("Vary"));
        assertTrue(reply.response().body().length < 1024);
    }

    @Test
    void listsAndProblemsAreCompressedToo() throws IOException {
        var list = server.get("/api/v1/jobs", "Accept-Encoding", "gzip");
        assertArrayEquals(server.get("/api/v1/jobs").response().body(), unzipped(list));
        var bad = "{\"x\":1,\"template\":{\"type\":\"duckdb\","
                + "\"another_member_that_nobody_knows\":1,"
                + "\"sqll\":1,\"sqlm\":1,\"sqln\":1,\"sqlo\":1,\"sqlp\":1,\"sqlq\":1,\"sqlr\":1,\"sqls\":1}}";
        var problem = server.post("/api/v1/jobs", bad, "Accept-Encoding", "gzip");
        assertEquals(400, problem.status());
        assertEquals("gzip", problem.header("Content-Encoding"));
        assertTrue(new String(unzipped(problem)).contains("/template/sqll"));
    }

    @Test
    void aHeadHasTheHeadersOfItsGet() {
        var get = server.get(large, "Accept-Encoding", "gzip");
        var head = server.raw("HEAD " + large + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
                + "\r\n");
        assertTrue(head.contains("Content-Encoding: gzip"), head);
        assertTrue(head.contains("Content-Length: " + get.response().body().length + "\r\n"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void whatHasNoBodyIsNotCoded() {
        var same = server.get(large, "Accept-Encoding", "gzip", "If-None-Match", "*");
        assertEquals(304, same.status());
        assertEquals("", same.header("Content-Encoding"));
        assertEquals(0, same.response().body().length);
    }
}
