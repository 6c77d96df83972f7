package dev.outboard.runtime.batch;

import java.time.Duration;

/** Whether a connector that is being asked still moves: it tells, or takes of its budget, or waits for that. Any thread. */
final class Pulse {
    private volatile long beat;
    private volatile boolean waiting;
    private boolean asking;
    private boolean lost;

    synchronized void begin() {
        asking = true;
        waiting = false;
        beat();
    }

    /** The connector has come back. */
    synchronized void end() {
        asking = false;
        lost = false;
    }

    void beat() {
        beat = System.nanoTime();
    }

    /** It waits for its budget, or need not any more. */
    void waits(boolean now) {
        beat();
        waiting = now;
    }

    /** Gives up the connector that this thread asks, if it has been quiet for so long; true the first time. */
    synchronized boolean lose(Thread thread, Duration quiet) {
        if (!asking || lost || waiting || System.nanoTime() - beat <= quiet.toNanos()) {
            return false;
        }
        lost = true;
        thread.interrupt();
        return true;
    }

    /** True if it was given up, and has not come back yet. */
    synchronized boolean lost() {
        return lost;
    }
}
