package dev.outboard.runtime;

import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.lane.Call;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be inside a connector, and whose turn is next: what a cancel wants before creates, creates before
 * polls, and among equals first come, first served. Every fourth turn is that of who has waited longest whatever it wants,
 * so that nobody waits for ever. Any thread.
 */
final class CallSlots {
    private static final int FAIR = 4;

    private record Waiter(int rank, long number, CountDownLatch turn) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Waiter> byRank = new TreeSet<>(
            Comparator.comparingInt(Waiter::rank).thenComparing(Waiter::number));
    private final TreeSet<Waiter> byAge = new TreeSet<>(Comparator.comparingLong(Waiter::number));
    private final int size;
    private int taken;
    private long came;
    private long turns;

    CallSlots(int size) {
        this.size = size;
    }

    /** Waits for a slot. */
    void acquire(Call call) throws InterruptedException {
        var waiter = enter(rank(call));
        if (waiter == null) {
            return;
        }
        try {
            waiter.turn().await();
        } catch (InterruptedException e) {
            if (!leave(waiter)) {
                // it was given one at that moment
                release();
            }
            throw e;
        }
    }

    private @Nullable Waiter enter(int rank) {
        lock.lock();
        try {
            if (taken < size) {
                taken++;
                return null;
            }
            var waiter = new Waiter(rank, came++, new CountDownLatch(1));
            byRank.add(waiter);
            byAge.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    private boolean leave(Waiter waiter) {
        lock.lock();
        try {
            byRank.remove(waiter);
            return byAge.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Hands the caller's slot to who is next. */
    void release() {
        lock.lock();
        try {
            if (byAge.isEmpty()) {
                taken--;
                return;
            }
            var next = ++turns % FAIR == 0 ? byAge.first() : byRank.first();
            byRank.remove(next);
            byAge.remove(next);
            next.turn().countDown();
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** For tests. */
    int waiting() {
        lock.lock();
        try {
            return byAge.size();
        } finally {
            lock.unlock();
        }
    }

    private static int rank(Call call) {
        if (call.job().state() == State.CANCELLING) {
            return 0;
        }
        return switch (call.op()) {
            case DELETE, OCCUPY -> 0;
            case CREATE, FIND -> 1;
            case CHECK -> 2;
            case POLL, SLOT, EXPIRE -> 3;
        };
    }
}
