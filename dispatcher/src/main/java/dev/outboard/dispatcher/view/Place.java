package dev.outboard.dispatcher.view;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a partition has been read. Waiting costs a virtual thread and nothing else. */
final class Place {
    static final long NOWHERE = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long position = NOWHERE;
    private volatile long lag;

    /** The offset of the next record, or {@link #NOWHERE}. */
    long position() {
        return position;
    }

    void advance(long to) {
        if (to <= position) {
            return;
        }
        lock.lock();
        try {
            position = to;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many records are still to be read, as of the last answer from Kafka. */
    long lag() {
        return lag;
    }

    void lag(long records) {
        lag = records;
    }

    void reset() {
        position = NOWHERE;
    }

    /** True once everything before {@code offset} has been read; false if that takes until {@code deadline} (nanoTime). */
    boolean await(long offset, long deadline) {
        if (position >= offset) {
            return true;
        }
        lock.lock();
        try {
            while (position < offset) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
