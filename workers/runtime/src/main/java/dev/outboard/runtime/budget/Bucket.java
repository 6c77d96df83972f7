package dev.outboard.runtime.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests of one account: so many a second, evenly, for a platform counts them by its own second. Any thread.
 */
final class Bucket {
    /** A tenth of a second's worth may be taken at once, at least one. */
    private static final double BURST = 0.1;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double size;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Line line = new Line();
    private double tokens;
    private long filled;
    private long pausedUntil;
    private boolean armed;
    private long taken;

    /** @param perSecond more than zero, finite */
    Bucket(double perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.size = Math.max(1, perSecond * BURST);
        this.ticker = ticker;
        tokens = size;
        filled = ticker.nanos();
        pausedUntil = filled;
    }

    /** Takes one if that means no waiting, also for who waits already. */
    boolean tryTake() {
        lock.lock();
        try {
            fill();
            if (line.size() > 0 || !open()) {
                return false;
            }
            spend();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for one.
     *
     * @param since orders those that are equally urgent: smaller first
     * @return false if there was none in so long
     */
    boolean take(Urgency urgency, long since, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (tryTake()) {
            return true;
        }
        Line.Waiter waiter;
        lock.lock();
        try {
            waiter = line.join(urgency, since);
        } finally {
            lock.unlock();
        }
        serve();
        boolean given = false;
        try {
            given = waiter.turn().await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            // one that is given to a thread at its interrupt is spent: better too few requests than too many
            given = given || !leave(waiter);
        }
        return given;
    }

    private boolean leave(Line.Waiter waiter) {
        lock.lock();
        try {
            return line.leave(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** The platform asked for patience: nobody is let through for so long. */
    void pause(Duration time) {
        lock.lock();
        try {
            pausedUntil = Math.max(pausedUntil, ticker.nanos() + time.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        List<Line.Waiter> served = new ArrayList<>();
        lock.lock();
        try {
            fill();
            while (open()) {
                var next = line.next();
                if (next == null) {
                    break;
                }
                spend();
                served.add(next);
            }
            arm();
        } finally {
            lock.unlock();
        }
        served.forEach(waiter -> waiter.turn().countDown());
    }

    /** Looks again when there will be one, as long as anybody waits. */
    private void arm() {
        if (armed || line.size() == 0) {
            return;
        }
        armed = true;
        long pause = pausedUntil - ticker.nanos();
        long refill = (long) Math.ceil((1 - tokens) / perSecond * NANOS);
        ticker.after(Duration.ofNanos(Math.max(Math.max(pause, refill), 1)), () -> {
            lock.lock();
            armed = false;
            lock.unlock();
            serve();
        });
    }

    private void fill() {
        long now = ticker.nanos();
        tokens = Math.min(size, tokens + Math.max(0, now - filled) / NANOS * perSecond);
        filled = now;
    }

    private boolean open() {
        return tokens >= 1 && ticker.nanos() - pausedUntil >= 0;
    }

    private void spend() {
        tokens--;
        taken++;
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean paused() {
        lock.lock();
        try {
            return ticker.nanos() - pausedUntil < 0;
        } finally {
            lock.unlock();
        }
    }

    /** True if another one in its place would be no different. */
    boolean idle() {
        lock.lock();
        try {
            fill();
            return tokens >= size && line.size() == 0 && open();
        } finally {
            lock.unlock();
        }
    }
}
