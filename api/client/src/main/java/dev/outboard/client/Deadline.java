package dev.outboard.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment until which something may take. */
record Deadline(long nanoTime) {
    /** Far enough, and no overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + shorter(limit, LONGEST).toNanos());
    }

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Sleeps, but not past this moment. */
    void sleep(Duration pause) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(shorter(pause, left()).toNanos());
    }

    static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
