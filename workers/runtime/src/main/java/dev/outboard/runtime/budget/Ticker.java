package dev.outboard.runtime.budget;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that only goes forward. Any thread. */
interface Ticker {
    /** As {@link System#nanoTime}. */
    long nanos();

    /** Runs this once, so much later. */
    void after(Duration time, Runnable task);

    /** The machine's; what was to be run on this executor after its shutdown is not. */
    static Ticker on(ScheduledThreadPoolExecutor executor) {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(Duration time, Runnable task) {
                if (!executor.isShutdown()) {
                    executor.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        };
    }
}
