package dev.outboard.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.api.Server.Reply;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Position;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ETag, If-None-Match and Prefer: wait of one job. */
class LongPollTest {
    private Server server;
    private String path;
    private String id;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
        id = server.created();
        path = "/api/v1/jobs/" + id;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<Reply> waiting(String... headers) {
        var reply = CompletableFuture.supplyAsync(() -> server.get(path, headers), Thread::startVirtualThread);
        await().until(() -> server.jobs.watching() == 1);
        return reply;
    }

    private static Reply soon(CompletableFuture<Reply> reply) throws Exception {
        return reply.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aTagIsTheSameUntilTheJobChanges() {
        var first = server.get(path).header("ETag");
        assertEquals("W/\"17.1\"", first);
        assertEquals(first, server.get(path).header("ETag"));
        assertEquals("no-store", server.get(path).header("Cache-Control"));
        server.jobs.move(id, State.RUNNING);
        assertEquals("W/\"17.2\"", server.get(path).header("ETag"));
    }

    @Test
    void whatOnlyTheReaderSeesIsInTheTag() {
        var before = server.get(path).header("ETag");
        server.jobs.conditions.add(new Condition(Condition.Type.NO_WORKER, "NotServed", "none", FakeJobs.NOW));
        var noWorker = server.get(path).header("ETag");
        assertTrue(noWorker.matches("W/\"17\\.1\\.[0-9a-f]+\""), noWorker);
        server.jobs.conditions.set(0, new Condition(Condition.Type.NO_WORKER, "NotServed", "none", Instant.now()));
        assertEquals(noWorker, server.get(path).header("ETag"), "not the time");
        server.jobs.conditions.add(new Condition(Condition.Type.AS_OF, "LogNotAsked", "none", FakeJobs.NOW));
        assertNotEquals(noWorker, server.get(path).header("ETag"));
        assertNotEquals(before, noWorker);
    }

    @Test
    void createAndCancelCarryTheTagToGoOnWith() {
        var created = server.post("/api/v1/jobs", Server.example("duckdb-report.json"));
        assertEquals("W/\"17.1\"", created.header("ETag"));
        assertEquals(server.get(path).header("Retry-After"), created.header("Retry-After"));
        var owed = server.send("DELETE", path, (String) null);
        assertEquals("W/\"17.1\"", owed.header("ETag"));
        assertNotEquals("", owed.header("Retry-After"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"W/\"17.1\"|304", "\"17.1\"|304", "*|304", "\"x\", W/\"17.1\"|304",
            "W/\"17.2\"|200", "\"\"|200", "17.1|200", "W/17.1|200"})
    void ifNoneMatchIsComparedWeakly(String tags, int status) {
        var reply = server.get(path, "If-None-Match", tags);
        assertEquals(status, reply.status());
        assertEquals("W/\"17.1\"", reply.header("ETag"));
        assertEquals("c3.17", reply.header("Outboard-Position"));
        assertNotEquals("", reply.header("Retry-After"));
        assertEquals(status == 304, reply.response().body().length == 0);
        assertEquals(status == 304 ? "" : "application/json", reply.header("Content-Type"));
    }

    @Test
    void aHeadIsConditionalToo() {
        var plain = server.raw("HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(plain.startsWith("HTTP/1.1 200") && plain.contains("ETag: W/\"17.1\"")
                && plain.endsWith("\r\n\r\n"), plain);
        var same = server.raw("HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "If-None-Match: \"17.1\"\r\n\r\n");
        assertTrue(same.startsWith("HTTP/1.1 304"), same);
    }

    @Test
    void retryAfterGrowsWithTheJobsAge() {
        for (var age : new int[][]{{-100, 1}, {0, 1}, {119, 1}, {300, 5}, {100_000, 10}}) {
            server.jobs.change(id, job -> aged(job, Instant.now().minusSeconds(age[0])));
            assertEquals(Integer.toString(age[1]), server.get(path).header("Retry-After"), age[0] + " s");
        }
        server.jobs.move(id, State.SUCCEEDED);
        assertEquals("", server.get(path).header("Retry-After"));
        assertEquals("", server.get(path, "If-None-Match", "*").header("Retry-After"));
    }

    private static Job aged(Job job, Instant at) {
        return new Job(job.id(), job.incarnation(), job.rev(), job.accepted().acceptedAt(at), job.state(),
                job.message(), job.attempt(),
                job.conditions(), job.due(), job.cancel(), job.error(), job.outputs(), job.times());
    }

    @Test
    void withATagItIsHeldUntilTheJobDiffers() throws Exception {
        var reply = waiting("Prefer", "wait=30", "If-None-Match", "W/\"17.1\"");
        assertFalse(reply.isDone());
        server.jobs.move(id, State.RUNNING);
        var news = soon(reply);
        assertEquals(200, news.status());
        assertEquals("RUNNING", news.text("/state"));
        assertEquals("W/\"17.2\"", news.header("ETag"));
        assertEquals("wait=30", news.header("Preference-Applied"));
        assertEquals(0, server.jobs.watching());
        assertEquals(new Position(Position.Log.COMMANDS, 3, 17), server.jobs.asked, "no older than what it held");
    }

    @Test
    void withoutATagItIsHeldUntilTheEnd() throws Exception {
        var reply = waiting("Prefer", "wait=30");
        server.jobs.move(id, State.RUNNING);
        await().during(Duration.ofMillis(200)).until(() -> !reply.isDone());
        server.jobs.move(id, State.SUCCEEDED);
        assertEquals("SUCCEEDED", soon(reply).text("/state"));
        assertEquals("SUCCEEDED", server.get(path, "Prefer", "wait=30").text("/state"), "at once");
    }

    @Test
    void aChangeOfWhatOnlyTheReaderSeesIsNoticed() throws Exception {
        var reply = waiting("Prefer", "wait=30", "If-None-Match", "W/\"17.1\"");
        server.jobs.conditions.add(new Condition(Condition.Type.NO_WORKER, "NotServed", "none", FakeJobs.NOW));
        assertEquals("NoWorker", soon(reply).text("/conditions/0/type"));
    }

    @Test
    void whenTheTimeIsUpItAnswersWithTheJobAsItIs() {
        long before = System.nanoTime();
        var same = server.get(path, "Prefer", "wait=1", "If-None-Match", "W/\"17.1\"");
        assertTrue(System.nanoTime() - before >= 1_000_000_000L);
        assertEquals(304, same.status());
        assertEquals("W/\"17.1\"", same.header("ETag"));
        assertEquals("wait=1", same.header("Preference-Applied"));
        var running = server.get(path, "Prefer", "respond-async, WAIT = \"1\"; a=b, wait=30");
        assertEquals(200, running.status());
        assertEquals("wait=1", running.header("Preference-Applied"), "the first counts");
        assertEquals(0, server.jobs.watching());
    }

    @Test
    void itWaitsHalfAMinuteAtMost() {
        server.jobs.move(id, State.FAILED);
        assertEquals("wait=30", server.get(path, "Prefer", "wait=31").header("Preference-Applied"));
        assertEquals("wait=30", server.get(path, "Prefer", "wait=99999999999999").header("Preference-Applied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait", "wait=", "wait=-1", "wait=1.5", "wait=x", "waits=5", "wait=\"5", ",;="})
    void whatIsNoWaitIsIgnored(String prefer) {
        var reply = server.get(path, "Prefer", prefer);
        assertEquals(200, reply.status());
        assertEquals("", reply.header("Preference-Applied"));
    }

    @Test
    void whoWaitsWatchesBeforeTheFirstLook() {
        server.jobs.move(id, State.SUCCEEDED);
        long unwatched = server.jobs.unwatchedReads.sum();
        server.get(path, "Prefer", "wait=30");
        server.get(path + "/events");
        assertEquals(unwatched, server.jobs.unwatchedReads.sum(), "a change between the two would be missed");
    }

    @Test
    void aJobThatIsForgottenMeanwhileIs404() throws Exception {
        var reply = waiting("Prefer", "wait=30");
        server.jobs.forget(id);
        assertEquals(404, soon(reply).status());
        assertEquals(404, server.get(path, "Prefer", "wait=30").status(), "at once");
        assertEquals(0, server.jobs.watching());
    }

    @Test
    void aStopAnswersWhoeverWaitsAtOnce() throws Exception {
        var reply = waiting("Prefer", "wait=30", "If-None-Match", "*");
        long before = System.nanoTime();
        server.stop();
        assertTrue(System.nanoTime() - before < 4_000_000_000L, "before the time to drain is up");
        assertEquals(304, soon(reply).status());
    }

    @Test
    void aClientThatHungUpLeavesNothingBehind() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nPrefer: wait=30\r\n\r\n").getBytes());
            await().until(() -> server.jobs.watching() == 1);
        }
        server.jobs.move(id, State.SUCCEEDED);
        await().until(() -> server.jobs.watching() == 0);
    }

    @Test
    void noMoreWaitThanTheLimit() throws Exception {
        try (var small = new Server(config -> config.withMaxConnections(16), "duckdb")) {
            int most = ApiConfig.defaults().withMaxConnections(16).maxWatchers();
            var other = small.created();
            for (int i = 0; i < most; i++) {
                CompletableFuture.runAsync(() -> small.get("/api/v1/jobs/" + other, "Prefer", "wait=30"),
                        Thread::startVirtualThread);
            }
            await().until(() -> small.jobs.watching() == most);
            var refused = small.get("/api/v1/jobs/" + other, "Prefer", "wait=30");
            assertEquals(503, refused.status());
            assertEquals("too-many-watchers", refused.text("/code"));
            assertNotEquals("", refused.header("Retry-After"));
            assertEquals(503, small.get("/api/v1/jobs/" + other + "/events").status());
            assertEquals(200, small.get("/api/v1/jobs/" + other).status(), "who does not wait gets through");
            small.jobs.move(other, State.SUCCEEDED);
            await().until(() -> small.jobs.watching() == 0);
            assertEquals(200, small.get("/api/v1/jobs/" + other, "Prefer", "wait=30").status(),
                    "places are free again");
        }
    }

    /** An answer that may be old leads to another that says so too, or to one that is not: its position proves nothing. */
    @Test
    void whatMayBeOldIsNotTheLatestForHavingWaited() throws Exception {
        server.jobs.conditions.add(new Condition(Condition.Type.AS_OF, "LogNotAsked", "none", FakeJobs.NOW));
        var old = waiting("Prefer", "wait=30");
        await().until(() -> server.jobs.reads.sum() == 1);
        server.jobs.conditions.clear();
        server.jobs.move(id, State.SUCCEEDED);
        assertEquals("SUCCEEDED", soon(old).json().path("state").asText());
        assertNull(server.jobs.asked, "asked without a position, as if for the first time");
    }

    @Test
    void whatIsTheLatestIsGoneOnFromByItsPosition() throws Exception {
        var held = waiting("Prefer", "wait=30");
        server.jobs.move(id, State.SUCCEEDED);
        assertEquals("SUCCEEDED", soon(held).json().path("state").asText());
        assertNotNull(server.jobs.asked);
    }
}
