package dev.outboard.runtime.batch;

import dev.outboard.spi.Handle;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** When the next round begins: there is somebody to ask for, and the pace allows it. Any thread. */
final class Turns {
    private final Roster roster;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean closed;
    private long next = System.nanoTime();
    private long first = next;
    private long latest = next;

    Turns(Roster roster, Pace pace) {
        this.roster = roster;
        this.pace = pace;
    }

    /** False if there are no turns any more. */
    boolean join(Handle handle, Waiter waiter, @Nullable Long born) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            latest = System.nanoTime();
            if (roster.waiting() == 0) {
                first = latest;
                news.signal();
            }
            roster.join(handle, waiter, born);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next turn; false if there is none any more. */
    boolean await(boolean idle) throws InterruptedException {
        lock.lock();
        try {
            long end = System.nanoTime() + pace.idle().toNanos();
            boolean gather = idle;
            while (!closed) {
                long now = System.nanoTime();
                long left;
                if (roster.waiting() == 0) {
                    gather = true;
                    left = end - now;
                    closed = left <= 0;
                } else {
                    left = Math.max(next - now, gather ? gathering(now) : 0);
                    if (left <= 0) {
                        return true;
                    }
                }
                news.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long gathering(long now) {
        return Math.min(latest + pace.gather().toNanos(), first + pace.interval().toNanos()) - now;
    }

    /** @param pause from {@code begun} until the next one may begin */
    void next(long begun, Duration pause) {
        lock.lock();
        try {
            next = begun + pause.toNanos();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
