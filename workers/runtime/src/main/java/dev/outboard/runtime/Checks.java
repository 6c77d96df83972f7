package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checks of one task type that are under way. Any thread ends one; one thread, the lane's, waits for all. */
final class Checks {
    /** Most checks take microseconds; a slow one must not hold up the jobs that need none. */
    private static final Duration LIMIT = Duration.ofMillis(1);

    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable Thread waiting;

    /** Counts a check that begins now, until its outcome has been taken. */
    Consumer<Outcome> counted(Consumer<Outcome> done) {
        underWay.incrementAndGet();
        return outcome -> {
            try {
                done.accept(outcome);
            } finally {
                if (underWay.decrementAndGet() == 0) {
                    LockSupport.unpark(waiting);
                }
            }
        };
    }

    void await() {
        long end = System.nanoTime() + LIMIT.toNanos();
        waiting = Thread.currentThread();
        for (long left = LIMIT.toNanos(); underWay.get() > 0 && left > 0
                && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        waiting = null;
    }
}
