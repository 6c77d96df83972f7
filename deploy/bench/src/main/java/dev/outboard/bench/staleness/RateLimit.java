package dev.outboard.bench.staleness;

/** A platform's own: so many requests a second, of which a second's worth may come at once. Any thread. */
final class RateLimit {
    private final double perSecond;
    private double left;
    private long filled = System.nanoTime();

    RateLimit(double perSecond) {
        this.perSecond = perSecond;
        left = Math.max(1, perSecond);
    }

    synchronized boolean take() {
        long now = System.nanoTime();
        left = Math.min(Math.max(1, perSecond), left + (now - filled) / 1e9 * perSecond);
        filled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
