package dev.outboard.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Position;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's changes as server-sent events; keep-alives are WaitersIT's. */
class JobEventsTest {
    private final ObjectMapper mapper = new ObjectMapper();
    private Server server;
    private String job;
    private String path;
    private String id;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
        id = server.created();
        job = "/api/v1/jobs/" + id;
        path = job + "/events";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Events open(String... headers) {
        return new Events(server.port(), path, headers);
    }

    private void shows(List<String> block, String position, State state) throws Exception {
        assertEquals(List.of("id: " + position, "event: job"), block.subList(0, 2));
        assertEquals(3, block.size());
        var data = mapper.readTree(block.get(2).substring("data: ".length()));
        assertEquals(state.name(), data.get("state").asText());
        assertEquals(position, data.get("position").asText());
    }

    private void ends(Events events, String position, State state) throws Exception {
        var end = events.next();
        assertEquals(List.of("id: " + position, "event: end"), end.subList(0, 2));
        assertEquals(mapper.readTree("{\"id\":\"" + id + "\",\"state\":\"" + state + "\"}"),
                mapper.readTree(end.get(2).substring("data: ".length())));
        assertNull(events.next(), "the server closes");
    }

    @Test
    void theJobThenItsChangesThenItsEnd() throws Exception {
        try (var events = open()) {
            assertTrue(events.head.startsWith("HTTP/1.1 200"), events.head);
            assertTrue(events.head.contains("Content-Type: text/event-stream"), events.head);
            assertTrue(events.head.contains("Cache-Control: no-store"), events.head);
            assertEquals(List.of("retry: 2000"), events.next());
            shows(events.next(), "c3.17", State.QUEUED);
            server.jobs.move(id, State.RUNNING);
            shows(events.next(), "s3.2", State.RUNNING);
            server.jobs.move(id, State.SUCCEEDED);
            var last = events.next();
            shows(last, "s3.3", State.SUCCEEDED);
            assertEquals(server.get(job).json(), mapper.readTree(last.get(2).substring("data: ".length())));
            ends(events, "s3.3", State.SUCCEEDED);
        }
        assertEquals(0, server.jobs.watching());
    }

    @Test
    void anEndedJobIsShownOnceMore() throws Exception {
        server.jobs.move(id, State.FAILED);
        try (var events = open("Accept: application/json", "Accept-Encoding: gzip", "Connection: close")) {
            assertFalse(events.head.contains("Content-Encoding"), events.head);
            assertEquals(List.of("retry: 2000"), events.next());
            shows(events.next(), "s3.2", State.FAILED);
            ends(events, "s3.2", State.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', Last-Event-ID: s3.2", "?last_event_id=s3.2, X: y", "?last_event_id=s3.1, Last-Event-ID: s3.2"})
    void whoHasSeenAllIsShownOnlyNews(String query, String header) throws Exception {
        server.jobs.move(id, State.RUNNING);
        try (var events = new Events(server.port(), path + query, header)) {
            assertEquals(new Position(Position.Log.STATE, 3, 2), server.jobs.asked);
            assertEquals(List.of("retry: 2000"), events.next());
            server.jobs.move(id, State.CANCELLING);
            shows(events.next(), "s3.3", State.CANCELLING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.1", "c3.17", "s4.7", ""})
    void whoHasMissedSomethingIsShownTheLatest(String last) throws Exception {
        server.jobs.move(id, State.RUNNING);
        try (var events = open("Last-Event-ID: " + last)) {
            events.next();
            shows(events.next(), "s3.2", State.RUNNING);
        }
    }

    private static Job revised(Job job, long rev) {
        return new Job(job.id(), job.incarnation(), rev, job.accepted(), job.state(), null, job.attempt(), List.of(),
                null, null, null, null, job.times());
    }

    @Test
    void whoHasSeenTheEndGets204() {
        server.jobs.move(id, State.SUCCEEDED);
        var done = server.get(path, "Last-Event-ID", "s3.2");
        assertEquals(204, done.status());
        assertEquals(0, done.response().body().length);
        assertEquals(204, server.get(path + "?last_event_id=s3.2").status());
        assertEquals(200, server.get(path, "Last-Event-ID", "s3.1").status());
    }

    @Test
    void nothingOlderIsShown() throws Exception {
        server.jobs.move(id, State.RUNNING);
        server.jobs.move(id, State.RUNNING);
        try (var events = open()) {
            events.next();
            shows(events.next(), "s3.3", State.RUNNING);
            server.jobs.change(id, job -> revised(job, 2));
            long reads = server.jobs.reads.sum();
            server.jobs.change(id, job -> revised(job, 1));
            await().until(() -> server.jobs.reads.sum() > reads);
            server.jobs.change(id, job -> revised(job, 4));
            shows(events.next(), "s3.4", State.RUNNING);
        }
    }

    @Test
    void changesThatComeTogetherAreTheLatest() throws Exception {
        try (var events = open()) {
            events.next();
            events.next();
            server.jobs.change(id, job -> revised(job, 1));
            for (int i = 0; i < 1000; i++) {
                server.jobs.move(id, State.RUNNING);
            }
            server.jobs.move(id, State.SUCCEEDED);
            int shown = 0;
            List<String> block = events.next();
            for (; block.get(1).equals("event: job"); block = events.next()) {
                shown++;
            }
            assertEquals("id: s3.1002", block.get(0));
            assertTrue(shown <= 1001, shown + " events");
        }
    }

    @Test
    void whatCannotBeShownIsAProblem() {
        var unknown = server.get("/api/v1/jobs/jaaaaaaaaaaaaaaaaaaaaaaaaaa/events");
        assertEquals(404, unknown.status());
        assertEquals("unknown-job", unknown.text("/code"));
        assertEquals(404, server.get("/api/v1/jobs/17/events").status());
        server.jobs.failure = "Behind";
        assertEquals("not-ready", server.get(path).text("/code"));
        assertNotEquals("", server.get(path).header("Retry-After"));
        assertEquals(0, server.jobs.watching());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "x3.17", "s3", "s3.17.1"})
    void whatIsNoEventsIdIs400(String last) {
        var reply = server.get(path, "Last-Event-ID", last);
        assertEquals(400, reply.status());
        assertTrue(reply.text("/detail").contains("Last-Event-ID"), reply.text("/detail"));
    }

    @Test
    void aHeadHoldsNothing() {
        var head = server.raw("HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(head.startsWith("HTTP/1.1 200") && head.contains("text/event-stream"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
        assertEquals(0, server.jobs.watching());
    }

    @Test
    void aJobThatIsForgottenEndsTheStream() {
        try (var events = open()) {
            events.next();
            events.next();
            server.jobs.forget(id);
            assertNull(events.next(), "who comes again is told 404");
        }
    }

    @Test
    void aStopEndsTheStreamAtOnce() throws Exception {
        try (var events = open()) {
            events.next();
            events.next();
            await().until(() -> server.jobs.watching() == 1);
            long before = System.nanoTime();
            var stop = CompletableFuture.runAsync(server::stop);
            assertNull(events.next());
            stop.get(10, TimeUnit.SECONDS);
            assertTrue(System.nanoTime() - before < 4_000_000_000L, "before the time to drain is up");
        }
    }

    @Test
    void aClientThatIsGoneIsNoticedByWhatIsSent() {
        try (var events = open()) {
            events.next();
            events.next();
        }
        await().until(() -> {
            server.jobs.move(id, State.RUNNING);
            return server.jobs.watching() == 0;
        });
    }

    @Test
    void eventsComeOverHttp2Too() throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var first = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + job)).build(),
                    BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, first.version());
            var response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                    BodyHandlers.ofLines());
            assertEquals(HttpClient.Version.HTTP_2, response.version());
            var lines = response.body().iterator();
            for (var wanted : new String[]{"retry: 2000", "", "id: c3.17", "event: job"}) {
                assertEquals(wanted, lines.next());
            }
            server.jobs.move(id, State.SUCCEEDED);
            while (!lines.next().equals("event: end")) {
                // on to the end
            }
            assertTrue(JobId.parse(mapper.readTree(lines.next().substring("data: ".length())).get("id").asText())
                    .isPresent());
        }
    }
}
