package dev.outboard.dispatcher.lane;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a loop that hangs. A loop that hangs still heartbeats, and so would keep its partitions for ever: better no process
 * than that one.
 *
 * <p>
 * A process that was paused as a whole (a signal, a laptop's lid, a machine that is moved) is no such case: the loop did
 * not turn because nothing did. Its partitions are another's by then, it learns so at its first transaction, and begins
 * again from the log, which is quicker than a new process, and needs nobody to start one. So only time in which the
 * watchdog itself ran counts.
 */
final class Watchdog {
    static final Duration HUNG = Duration.ofSeconds(10);
    static final Duration EVERY = Duration.ofSeconds(1);
    /** Whoever looks again after longer than this was not there meanwhile, and counts no more than this. */
    private static final Duration MOST = EVERY.multipliedBy(2);

    private final LongSupplier nanoTime;
    private volatile long turn;
    private volatile boolean turning;
    private long seenTurn;
    private long lookedAt;
    private volatile long hungFor;

    /** @param nanoTime as {@link System#nanoTime} */
    Watchdog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        lookedAt = nanoTime.getAsLong();
    }

    /** The loop begins a turn. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the loop's thread alone writes it
    void turns() {
        turn++;
        turning = true;
    }

    /** No turn is under way, and none is expected. */
    void rests() {
        turning = false;
        hungFor = 0;
    }

    /** Time that is left to the turn under way, as of the last look; all of it while none is. */
    Duration margin() {
        return turning ? HUNG.minusNanos(hungFor) : HUNG;
    }

    /** True if the loop hangs. To be asked every second, by one thread. */
    boolean hangs() {
        long now = nanoTime.getAsLong();
        long passed = Math.min(now - lookedAt, MOST.toNanos());
        lookedAt = now;
        boolean same = turning && seenTurn == turn;
        seenTurn = turn;
        hungFor = same ? hungFor + passed : 0;
        return same && hungFor > HUNG.toNanos();
    }
}
