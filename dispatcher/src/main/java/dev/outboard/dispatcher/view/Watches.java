package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who watches which job. A change costs one look-up where nobody does. Safe for many threads. */
final class Watches {
    private final Map<JobId, Set<One>> watches = new ConcurrentHashMap<>();

    Watch watch(JobId id) {
        var one = new One(id);
        watches.compute(id, (_, others) -> {
            var all = others == null ? ConcurrentHashMap.<One>newKeySet() : others;
            all.add(one);
            return all;
        });
        return one;
    }

    void changed(JobId id) {
        var watching = watches.get(id);
        if (watching != null) {
            watching.forEach(One::changed);
        }
    }

    /** How many jobs are watched. */
    int size() {
        return watches.size();
    }

    private final class One implements Watch {
        private final JobId id;
        private final Semaphore changes = new Semaphore(0);
        private volatile boolean closed;

        private One(JobId id) {
            this.id = id;
        }

        private void changed() {
            changes.release();
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            if (closed || !changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            changes.drainPermits();
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
            changes.release();
            watches.computeIfPresent(id, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
