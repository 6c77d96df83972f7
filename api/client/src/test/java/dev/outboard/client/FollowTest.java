package dev.outboard.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long polls and events. */
class FollowTest {
    private static final String JOB_PATH = "/api/v1/jobs/j1";
    private static final String EVENTS_PATH = JOB_PATH + "/events";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private FakeServer server;
    private OutboardClient client;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        client = OutboardClient.create(URI.create(server.url()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static FakeServer.Reply held(Duration time, FakeServer.Reply reply) {
        return exchange -> {
            Thread.sleep(time);
            exchange.getResponseHeaders().set("Preference-Applied", "wait=30");
            reply.to(exchange);
        };
    }

    private Job watch() throws Exception {
        try (var watch = client.watch("j1", job -> seen.add(job.stateText() + " " + job.json().path("rev")))) {
            return watch.end().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void awaitsByLongPolls() throws Exception {
        server.then(200, Said.job("QUEUED", 1), "ETag", "W/\"0.1\"", "Retry-After", "9")
                .then(held(Duration.ofMillis(600), FakeServer.answer(304, "", "ETag", "W/\"0.1\"", "Retry-After", "9")))
                .then(held(Duration.ofMillis(600), FakeServer.answer(304, "", "ETag", "W/\"0.1\"", "Retry-After", "9")))
                .then(held(Duration.ZERO,
                        FakeServer.answer(200, Said.job("RUNNING", 2), "ETag", "W/\"0.2\"", "Retry-After", "9")))
                .then(held(Duration.ZERO, FakeServer.answer(200, Said.job("SUCCEEDED", 3), "ETag", "W/\"0.3\"")));
        assertEquals(JobState.SUCCEEDED, client.await("j1", LONG).state());
        assertEquals(5, server.requests.size());
        assertNull(server.requests.getFirst().header("Prefer"));
        assertEquals(List.of("W/\"0.1\"", "W/\"0.1\"", "W/\"0.1\"", "W/\"0.2\""),
                server.requests.stream().skip(1).map(request -> request.header("If-None-Match")).toList());
        assertEquals(Set.of("wait=30"),
                server.requests.stream().skip(1).map(request -> request.header("Prefer")).collect(Collectors.toSet()));
    }

    @Test
    void pacesItselfWhereTheServerDoesNotHoldPollsBack() throws Exception {
        server.then(200, Said.job("QUEUED", 1), "ETag", "a")
                .then(FakeServer.answer(304, "", "Retry-After", "1"))
                .then(200, Said.job("SUCCEEDED", 2));
        var start = System.nanoTime();
        client.await("j1", LONG);
        assertTrue(System.nanoTime() - start >= 1_000_000_000L, "took its pace from the server");
        assertEquals(3, server.requests.size());
    }

    @Test
    void neverPollsInABusyLoop() {
        // says that it held the poll, and did not
        server.then(200, Said.job("QUEUED", 1), "ETag", "a").then(held(Duration.ZERO, FakeServer.answer(304, "")));
        assertThrows(OutboardException.TimedOut.class, () -> client.await("j1", Duration.ofSeconds(2)));
        assertTrue(server.requests.size() < 10, server.requests.size() + " requests in 2 s");
    }

    @Test
    void awaitTellsHowTheJobWasWhenTheTimeIsUp() {
        server.then(200, Said.job("RUNNING", 1));
        var start = System.nanoTime();
        var up = assertThrows(OutboardException.TimedOut.class, () -> client.await("j1", Duration.ofMillis(400)));
        assertEquals(JobState.RUNNING, up.job().state());
        assertEquals("job j1 is RUNNING when the time is up; it goes on", up.getMessage());
        assertTrue(System.nanoTime() - start >= 400_000_000L);
    }

    @Test
    void awaitOutlivesAnOutage() throws Exception {
        server.then(200, Said.job("RUNNING", 1))
                .thenDrops()
                .then(503, "{}", "Retry-After", "0")
                .then(200, Said.job("FAILED", 2));
        assertEquals(JobState.FAILED, client.await("j1", LONG).state());
    }

    @Test
    void watchesByEventsToTheEnd() throws Exception {
        server.then(FakeServer.events("retry: 2000\n\n", Said.event("QUEUED", 1), ": keep-alive\n\n",
                "id: s0.2\r\nevent: job\r\ndata: {\"id\":\"j1\",\r\ndata:\"state\":\"RUNNING\",\"rev\":2}\r\n\r\n",
                Said.event("SUCCEEDED", 3), Said.end("SUCCEEDED", 3)));
        assertEquals(JobState.SUCCEEDED, watch().state());
        assertEquals(List.of("QUEUED 1", "RUNNING 2", "SUCCEEDED 3"), seen);
        assertEquals(List.of("GET " + EVENTS_PATH), server.lines());
        assertNull(server.requests.getFirst().header("Last-Event-ID"));
        assertEquals("text/event-stream, application/problem+json", server.requests.getFirst().header("Accept"));
    }

    @Test
    void resumesWhereAConnectionWasLostAndTellsNothingTwice() throws Exception {
        server.then(FakeServer.cutEvents("retry: 10\n\n", Said.event("QUEUED", 1), Said.event("RUNNING", 2),
                "id: s0.3\nevent: job\ndata: {\"id\":"))
                .thenDrops()
                .then(503, "{\"code\":\"not-ready\"}", "Retry-After", "0")
                .then(FakeServer.cutEvents(Said.event("RUNNING", 2), Said.event("RUNNING", 3)))
                .then(FakeServer.events(Said.event("QUEUED", 1), Said.event("FAILED", 4), Said.end("FAILED", 4)));
        assertEquals(JobState.FAILED, watch().state());
        assertEquals(List.of("QUEUED 1", "RUNNING 2", "RUNNING 3", "FAILED 4"), seen);
        assertEquals(List.of("s0.2", "s0.2", "s0.2", "s0.3"),
                server.requests.stream().skip(1).map(request -> request.header("Last-Event-ID")).toList());
    }

    @Test
    void aJobThatEndedWhileNobodyLookedIsToldByAPoll() throws Exception {
        server.on(EVENTS_PATH, FakeServer.cutEvents("retry: 10\n\n", Said.event("RUNNING", 1)))
                .on(EVENTS_PATH, FakeServer.answer(204, ""))
                .on(JOB_PATH, FakeServer.answer(200, Said.job("CANCELLED", 2)));
        assertEquals(JobState.CANCELLED, watch().state());
        assertEquals(List.of("RUNNING 1", "CANCELLED 2"), seen);
    }

    @Test
    void watchesByPollsWhereThereAreNoEvents() throws Exception {
        for (var no : List.of(FakeServer.answer(404, "{\"code\":\"unknown-path\"}"),
                FakeServer.answer(503, "{\"code\":\"too-many-watchers\",\"retryable\":false}"),
                FakeServer.answer(200, "<html>hello</html>"))) {
            seen.clear();
            try (var other = new FakeServer()) {
                other.on(EVENTS_PATH, no);
                other.then(200, Said.job("QUEUED", 1))
                        .then(200, Said.job("QUEUED", 1))
                        .then(200, Said.job("FAILED", 2));
                try (var mine = OutboardClient.create(URI.create(other.url()));
                        var watch = mine.watch("j1", job -> seen.add(job.stateText()))) {
                    assertEquals(JobState.FAILED, watch.end().get(30, TimeUnit.SECONDS).state());
                }
                assertEquals(List.of("QUEUED", "FAILED"), seen);
            }
        }
    }

    @Test
    void watchesByPollsWhereSomethingSwallowsEvents() throws Exception {
        server.on(EVENTS_PATH, FakeServer.events("retry: 10\n\n"))
                .on(JOB_PATH, FakeServer.answer(200, Said.job("SUCCEEDED", 1)));
        assertEquals(JobState.SUCCEEDED, watch().state());
        assertEquals(3, server.lines().stream().filter(("GET " + EVENTS_PATH)::equals).count());
    }

    @Test
    void aStateOfALaterServerIsNoEndAndNoError() throws Exception {
        server.then(
                FakeServer.events(Said.event("PONDERING", 1), Said.event("EVAPORATED", 2), Said.end("EVAPORATED", 2)));
        assertEquals("EVAPORATED", watch().stateText());
        assertEquals(List.of("PONDERING 1", "EVAPORATED 2"), seen);
    }

    @Test
    void watchingAnUnknownJobFails() {
        server.then(404, "{\"code\":\"unknown-job\",\"title\":\"No such job\"}");
        var e = assertThrows(ExecutionException.class, this::watch);
        assertEquals("No such job", assertInstanceOf(OutboardException.Refused.class, e.getCause()).getMessage());
    }

    @Test
    void aListenerThatThrowsEndsItsWatch() {
        server.then(FakeServer.eventsUntil(never, Said.event("QUEUED", 1)));
        var watch = client.watch("j1", _ -> {
            throw new IllegalStateException("mine");
        });
        var e = assertThrows(ExecutionException.class, () -> watch.end().get(30, TimeUnit.SECONDS));
        assertEquals("mine", e.getCause().getMessage());
    }

    @Test
    void closingAWatchStopsItAtOnce() throws Exception {
        server.then(FakeServer.eventsUntil(never, Said.event("QUEUED", 1)));
        var watch = client.watch("j1", job -> seen.add(job.stateText()));
        await().until(() -> seen.size() == 1);
        watch.close();
        assertThrows(CancellationException.class, () -> watch.end().get(30, TimeUnit.SECONDS));
    }

    @Test
    void aListenerMayCloseItsWatch() {
        server.then(FakeServer.eventsUntil(never, Said.event("QUEUED", 1)));
        var watches = new CopyOnWriteArrayList<Watch>();
        var closed = new CountDownLatch(1);
        var watch = client.watch("j1", _ -> {
            await().until(() -> watches.size() == 1);
            watches.getFirst().close();
            closed.countDown();
        });
        watches.add(watch);
        assertThrows(CancellationException.class, () -> watch.end().get(30, TimeUnit.SECONDS));
        await().until(() -> closed.getCount() == 0);
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        var before = Thread.getAllStackTraces().keySet();
        var other = OutboardClient.create(URI.create(server.url()));
        server.then(200, Said.job("RUNNING", 1)).then(FakeServer.eventsUntil(never, Said.event("QUEUED", 1)));
        other.get("j1");
        var watch = other.watch("j1", job -> seen.add(job.stateText()));
        await().until(() -> seen.size() == 1);
        other.close();
        assertThrows(CancellationException.class, () -> watch.end().get(30, TimeUnit.SECONDS));
        assertEquals(List.of(), Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> !before.contains(thread) && thread.getName().contains("HttpClient"))
                .toList());
    }
}
