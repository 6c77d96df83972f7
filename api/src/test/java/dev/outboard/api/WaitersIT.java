package dev.outboard.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.State;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ten thousand clients that wait on one API, by events and by long polls. */
class WaitersIT {
    private static final int JOBS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of how long a waiter sleeps before it looks by itself. */
    private static final long SLICE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_BYTES_EACH = 100_000;

    @Test
    void theyCostNoThreadAndNoReadEachAndOneChangeWakesItsOwn() throws Exception {
        try (var server = new Server("duckdb")) {
            var jobs = Stream.generate(server::created).limit(JOBS).toList();
            // where the system allows fewer descriptors, as many as an API takes there
            int polls = Math.min(20, ApiConfig.defaults().maxWatchers() / JOBS / 5) * JOBS;
            int streams = 4 * polls;
            server.get("/api/v1/jobs/" + jobs.getFirst());
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = heap();
            try (var crowd = new Crowd(server.port(), jobs, streams, polls)) {
                await().atMost(PATIENCE).until(() -> server.jobs.watching() == streams + polls);
                oneChange(server, crowd, jobs, streams, polls);
                parked(server, threads, heap);
                await().atMost(PATIENCE).until(() -> crowd.told().keepAlives() >= streams);
                assertEquals(streams + streams / JOBS, crowd.told().jobs(), "nobody else was told of a change");
                long before = System.nanoTime();
                server.stop();
                var took = Duration.ofNanos(System.nanoTime() - before);
                await().atMost(PATIENCE)
                        .until(() -> crowd.told().ended() >= streams
                                && crowd.told().ok() + crowd.told().notModified() == streams + polls);
                assertTrue(took.compareTo(Duration.ofSeconds(9)) < 0, "stopped in " + took);
            }
        }
    }

    private static void oneChange(Server server, Crowd crowd, List<String> jobs, int streams, int polls) {
        server.jobs.move(jobs.getFirst(), State.RUNNING);
        await().atMost(PATIENCE)
                .until(() -> crowd.told().jobs() == streams + streams / JOBS
                        && crowd.told().ok() == streams + polls / JOBS);
        assertEquals(0, crowd.told().notModified());
        assertEquals(streams + polls - polls / JOBS, server.jobs.watching());
        assertEquals(201, server.post("/api/v1/jobs", Server.example("duckdb-report.json")).status());
        assertEquals(200, server.get("/api/v1/jobs/" + jobs.getLast()).status());
    }

    private static void parked(Server server, int threadsBefore, long heapBefore) throws Exception {
        int all = server.jobs.watching();
        long reads = server.jobs.reads.sum();
        long began = System.nanoTime();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
        long each = (heap() - heapBefore) / all;
        Thread.sleep(Duration.ofSeconds(2));
        long slices = (System.nanoTime() - began) / SLICE_NANOS + 1;
        long more = server.jobs.reads.sum() - reads;
        System.out.printf("%d wait: %d more platform threads, %d bytes of heap each, %d reads in %d slices%n", all,
                threads, each, more, slices);
        assertTrue(threads < 50, threads + " threads");
        assertTrue(each < MOST_BYTES_EACH, each + " bytes each");
        assertTrue(more <= slices * all + all / 20, more + " reads");
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
