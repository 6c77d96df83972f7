package dev.outboard.testkit.sim;

/** A token bucket that holds one second's worth. */
final class RateLimit {
    private final double perSecond;
    private double tokens;
    private long filled = System.nanoTime();

    RateLimit(double perSecond) {
        this.perSecond = perSecond;
        this.tokens = Math.max(1, perSecond);
    }

    synchronized boolean take() {
        long now = System.nanoTime();
        tokens = Math.min(Math.max(1, perSecond), tokens + (now - filled) / 1e9 * perSecond);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
