package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Drain;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.Watch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Requests that wait for a job to change: no more than a limit, and none of them longer than this process takes
 * requests. Safe for many threads.
 */
public final class Waiters {
    /** What only a reader sees, such as a worker that is gone, changes without a record: so everybody looks now and then. */
    private static final Duration SLICE = Duration.ofSeconds(5);
    private final Jobs jobs;
    private final Drain drain;
    private final int limit;
    private final Semaphore free;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();

    /** @param limit of those that wait at a time, at least 1 */
    public Waiters(Jobs jobs, Drain drain, int limit) {
        this.jobs = jobs;
        this.drain = drain;
        this.limit = limit;
        free = new Semaphore(limit);
        drain.whenDraining(() -> open.forEach(Watch::close));
    }

    /** How many wait, and how many may. */
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("outboard.watchers", open, Set::size)
                .description("Requests that wait for a job to change: long polls and events")
                .register(metrics);
        Gauge.builder("outboard.watchers.limit", () -> limit)
                .description("Beyond it a request that would wait is answered 503")
                .register(metrics);
    }

    /**
     * One that waits; from now on it misses no change.
     *
     * @throws dev.outboard.api.http.Refused 503 if there are too many
     */
    Waiter open(JobId id) {
        if (!free.tryAcquire()) {
            throw Code.TOO_MANY_WATCHERS.says("this process lets " + limit + " requests wait, and so many do")
                    .refused();
        }
        return new Waiter(jobs.watch(id));
    }

    /** For one thread. */
    final class Waiter implements AutoCloseable {
        private final Watch watch;

        private Waiter(Watch watch) {
            this.watch = watch;
            open.add(watch);
        }

        /**
         * Waits until the job has changed, or it is time to look.
         *
         * @param deadline as System.nanoTime tells it
         * @return false if there is nothing more to wait for: it is past the deadline, or this process is about to stop
         */
        boolean await(long deadline) {
            long left = deadline - System.nanoTime();
            // a drain that began before this look closes no watch that was opened after it
            if (left <= 0 || drain.draining()) {
                return false;
            }
            try {
                watch.await(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
                return !drain.draining();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            watch.close();
            open.remove(watch);
            free.release();
        }
    }
}
