package dev.outboard.connectors.duckdb;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From create to the end: identity, stopping, limits. */
class LifeTest {
    private static final Map<String, String> ONE = Map.of("threads", "1");

    @TempDir
    Path data;

    @Test
    void cancelStopsTheQueryWithinASecond() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            Handle handle = bench.create(Bench.LONG);
            bench.awaitExecuting(handle);
            long start = System.nanoTime();
            if (bench.connector.delete(handle, Bench.NO_SECRETS) instanceof PollResult.Running running) {
                assertEquals(Duration.ofMillis(50), running.pollAfter());
            }
            assertInstanceOf(PollResult.Cancelled.class, bench.end(handle));
            assertTrue(System.nanoTime() - start < 1_000_000_000L);
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.delete(handle, Bench.NO_SECRETS));
            // the one thread is free again
            assertInstanceOf(PollResult.Succeeded.class, bench.run("SELECT 1", Map.of()));
        }
    }

    @Test
    void cancelIsNeverLostWhenever() throws Exception {
        // at every stage from before the first to well into the write
        try (Bench bench = new Bench(data, ONE)) {
            for (int i = 0; i < 60; i++) {
                Handle handle = bench.create("SELECT range, hash(range) FROM range(100000000000)");
                long until = System.nanoTime() + i * 1_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                bench.connector.delete(handle, Bench.NO_SECRETS);
                assertInstanceOf(PollResult.Cancelled.class, bench.end(handle));
            }
        }
    }

    @Test
    void cancelAmidAWriteNeverHangs() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            for (int i = 0; i < 40; i++) {
                Handle handle = bench.create("SELECT range, hash(range) FROM range(100000000000)");
                bench.awaitExecuting(handle);
                long until = System.nanoTime() + i * 3_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                bench.connector.delete(handle, Bench.NO_SECRETS);
                assertInstanceOf(PollResult.Cancelled.class, bench.end(handle));
            }
        }
    }

    @Test
    void cancelOfAQueuedJobRunsNothing() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            Handle running = bench.create(Bench.LONG);
            var request = bench.request("SELECT 1", Map.of());
            Handle queued = bench.create(request);
            bench.awaitExecuting(running);
            assertTrue(((PollResult.Running) bench.connector.poll(queued, Bench.NO_SECRETS)).queued());
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.delete(queued, Bench.NO_SECRETS));
            bench.connector.delete(running, Bench.NO_SECRETS);
            bench.end(running);
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.poll(queued, Bench.NO_SECRETS));
            assertFalse(Files.exists(data.resolve("results").resolve(request.jobId())));
        }
    }

    @Test
    void noMoreThanTheConfiguredQueriesRun() throws Exception {
        try (Bench bench = new Bench(data, Map.of("threads", "2", "memory-limit", "100MB"))) {
            List<Handle> handles = new ArrayList<>();
            for (int i = 0; i < Jobs.MAX_LIVE; i++) {
                handles.add(bench.create(Bench.LONG));
            }
            bench.awaitExecuting(handles.get(0));
            bench.awaitExecuting(handles.get(1));
            long running = handles.stream()
                    .filter(each -> !((PollResult.Running) bench.connector.poll(each, Bench.NO_SECRETS)).queued())
                    .count();
            assertEquals(2, running);
            var retry = bench.connector.create(bench.request("SELECT 1", Map.of()));
            assertTrue(((CreateResult.Retry) retry).reason().contains("64"));
            assertEquals(2, threads().size() - watchThreads());
            // cancelled ones make room at once, though the two still run
            handles.subList(2, handles.size()).forEach(each -> bench.connector.delete(each, Bench.NO_SECRETS));
            for (int i = 2; i < Jobs.MAX_LIVE; i++) {
                handles.add(bench.create("SELECT 1"));
            }
            handles.forEach(each -> bench.connector.delete(each, Bench.NO_SECRETS));
        }
    }

    @Test
    void progressGrows() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            Handle handle = bench.create("SELECT count(DISTINCT range % 1000) FROM range(3000000000)");
            bench.awaitExecuting(handle);
            double first = progress(bench, handle);
            await().atMost(Duration.ofSeconds(10)).until(() -> progress(bench, handle) > first);
            assertTrue(first > 0 && progress(bench, handle) <= 1);
            bench.connector.delete(handle, Bench.NO_SECRETS);
        }
    }

    private static double progress(Bench bench, Handle handle) {
        return ((PollResult.Running) bench.connector.poll(handle, Bench.NO_SECRETS)).progress();
    }

    @Test
    void pollsGrowRarer() throws Exception {
        var now = new AtomicReference<>(Instant.EPOCH);
        try (Bench bench = new Bench(data, ONE, clock(now))) {
            Handle handle = bench.create(Bench.LONG);
            assertEquals(Duration.ofMillis(100),
                    ((PollResult.Running) bench.connector.poll(handle, Bench.NO_SECRETS)).pollAfter());
            now.set(Instant.EPOCH.plusSeconds(60));
            assertEquals(Duration.ofSeconds(1),
                    ((PollResult.Running) bench.connector.poll(handle, Bench.NO_SECRETS)).pollAfter());
            bench.connector.delete(handle, Bench.NO_SECRETS);
        }
    }

    @Test
    void timeoutEndsTheQuery() throws Exception {
        try (Bench bench = new Bench(data, Map.of("threads", "1", "timeout", "300ms"))) {
            long start = System.nanoTime();
            var error = bench.fail(Bench.LONG);
            long took = (System.nanoTime() - start) / 1_000_000;
            assertEquals("Timeout", error.code());
            assertEquals(TaskError.Kind.USER, error.kind());
            assertTrue(error.message().contains("`timeout`"), error.message());
            assertTrue(took >= 300 && took < 2500, "took " + took + " ms");
        }
    }

    @Test
    void memoryLimitIsNamed() throws Exception {
        try (Bench bench = new Bench(data, Map.of("memory-limit", "50MB", "spill-limit", "10MB"))) {
            for (String statement : List.of("SELECT list(range) FROM range(100000000)",
                    "SELECT range, hash(range) AS h FROM range(10000000) ORDER BY h")) {
                var error = bench.fail(statement);
                assertEquals("OutOfMemory", error.code());
                assertEquals(TaskError.Kind.USER, error.kind());
                assertTrue(error.message().contains("50MB") && error.message().contains("`memory-limit`"),
                        error.message());
            }
        }
    }

    @Test
    void whatDoesNotFitInMemorySpills() throws Exception {
        try (Bench bench = new Bench(data, Map.of("memory-limit", "100MB"))) {
            assertInstanceOf(PollResult.Succeeded.class,
                    bench.run("SELECT range, hash(range) AS h FROM range(10000000) ORDER BY h", Map.of()));
        }
    }

    @Test
    void sameKeyIsOneQuery() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            // the second says what the first's key already runs, whatever it asks for
            var request = bench.request("SELECT random() AS r", Map.of());
            Handle handle = bench.create(request);
            assertEquals(new CreateResult.Adopted(handle, List.of()), bench.connector.create(request));
            var first = bench.end(handle);
            assertEquals(new CreateResult.Adopted(handle, List.of()), bench.connector.create(request));
            assertEquals(first, bench.connector.poll(handle, Bench.NO_SECRETS));
            var rows = Bench.read((PollResult.Succeeded) first);
            bench.run("SELECT 1", Map.of());
            assertEquals(rows, Bench.read((PollResult.Succeeded) first), "was written again");
            assertEquals(first, bench.connector.delete(handle, Bench.NO_SECRETS), "an end stays");
        }
    }

    @Test
    void occupiedKeyNeverRuns() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            var request = bench.request("SELECT 1", Map.of());
            Handle handle = ((CreateResult.Created) bench.connector.occupy(request)).handle();
            assertEquals(new CreateResult.Adopted(handle, List.of()), bench.connector.create(request));
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.poll(handle, Bench.NO_SECRETS));
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.delete(handle, Bench.NO_SECRETS));
            assertFalse(Files.exists(data.resolve("results").resolve(request.jobId())));

            var running = bench.request(Bench.LONG, Map.of());
            Handle other = bench.create(running);
            assertEquals(new CreateResult.Adopted(other, List.of()), bench.connector.occupy(running));
            assertInstanceOf(PollResult.Running.class, bench.connector.poll(other, Bench.NO_SECRETS));
            bench.connector.delete(other, Bench.NO_SECRETS);
        }
    }

    @Test
    void unknownHandlesAreGone() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            Handle known = bench.create("SELECT 1");
            for (Handle handle : List.of(new Handle(1, "w-1/nope"), new Handle(1, "nonsense"), new Handle(1, ""),
                    new Handle(1, known.value().replace("w-1", "w-2")), new Handle(2, known.value()))) {
                assertInstanceOf(PollResult.Gone.class, bench.connector.poll(handle, Bench.NO_SECRETS));
                assertInstanceOf(PollResult.Gone.class, bench.connector.delete(handle, Bench.NO_SECRETS));
            }
        }
    }

    @Test
    void endedJobsAreForgottenInTime() throws Exception {
        var now = new AtomicReference<>(Instant.EPOCH);
        try (Bench bench = new Bench(data, ONE, clock(now))) {
            Handle handle = bench.create("SELECT 1");
            bench.end(handle);
            now.set(Instant.EPOCH.plus(Duration.ofMinutes(59)));
            bench.run("SELECT 1", Map.of());
            assertInstanceOf(PollResult.Succeeded.class, bench.connector.poll(handle, Bench.NO_SECRETS));
            now.set(Instant.EPOCH.plus(Duration.ofMinutes(61)));
            bench.run("SELECT 1", Map.of());
            assertInstanceOf(PollResult.Gone.class, bench.connector.poll(handle, Bench.NO_SECRETS));
        }
    }

    @Test
    void endedJobsAreForgottenInNumber() throws Exception {
        try (Bench bench = new Bench(data, ONE)) {
            Handle first = ((CreateResult.Created) bench.connector.occupy(bench.request("SELECT 1", Map.of())))
                    .handle();
            Handle second = null;
            for (int i = 0; i < Jobs.MAX_ENDED; i++) {
                var next = (CreateResult.Created) bench.connector.occupy(bench.request("SELECT 1", Map.of()));
                second = second == null ? next.handle() : second;
            }
            assertInstanceOf(PollResult.Gone.class, bench.connector.poll(first, Bench.NO_SECRETS));
            assertInstanceOf(PollResult.Cancelled.class, bench.connector.poll(second, Bench.NO_SECRETS));
        }
    }

    @Test
    void closeEndsQueriesAndThreads() throws Exception {
        Set<Thread> before = threads();
        Bench bench = new Bench(data, ONE);
        Handle running = bench.create(Bench.LONG);
        Handle queued = bench.create(Bench.LONG);
        bench.awaitExecuting(running);
        Set<Thread> during = threads();
        during.removeAll(before);
        assertFalse(during.isEmpty());
        assertTrue(during.stream().noneMatch(Thread::isVirtual));
        long start = System.nanoTime();
        bench.close();
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertInstanceOf(PollResult.Cancelled.class, bench.connector.poll(running, Bench.NO_SECRETS));
        assertInstanceOf(PollResult.Cancelled.class, bench.connector.poll(queued, Bench.NO_SECRETS));
        await().atMost(Duration.ofSeconds(1)).until(() -> during.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> thread.getName().startsWith("duckdb"))
                .collect(Collectors.toSet());
    }

    private static long watchThreads() {
        return threads().stream().filter(thread -> thread.getName().startsWith("duckdb-watch")).count();
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
