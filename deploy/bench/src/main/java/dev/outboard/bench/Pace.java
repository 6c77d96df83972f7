package dev.outboard.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Calls at a modest rate, each at its own time whether the last one is done or not late. */
final class Pace {
    private static final Duration GAP = Duration.ofMillis(50);

    private Pace() {}

    /** How many calls fit; at least one. */
    static int calls(Duration length) {
        return (int) Math.max(1, length.dividedBy(GAP));
    }

    interface Step {
        void call() throws Exception;
    }

    static void run(int calls, Step step) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            for (long left; (left = begin + i * GAP.toNanos() - System.nanoTime()) > 0;) {
                LockSupport.parkNanos(left);
            }
            step.call();
        }
    }
}
