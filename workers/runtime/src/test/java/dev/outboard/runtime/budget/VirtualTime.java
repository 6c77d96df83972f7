package dev.outboard.runtime.budget;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Time that stands still until the test lets it pass. */
final class VirtualTime implements Ticker {
    private record Task(long due, Runnable what) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::due));
    private long now = -5_000;

    /** For what other threads do meanwhile. */
    static ConditionFactory soon() {
        return Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).await();
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void after(Duration time, Runnable task) {
        tasks.add(new Task(now + time.toNanos(), task));
    }

    void pass(Duration time) {
        long end = nanos() + time.toNanos();
        for (var task = next(end); task != null; task = next(end)) {
            task.what().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task next(long end) {
        if (tasks.isEmpty() || tasks.peek().due() > end) {
            return null;
        }
        now = Math.max(now, tasks.peek().due());
        return tasks.poll();
    }
}
