package dev.outboard.testkit.conformance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The worker's own clock: the platform's, and how wrong it is. */
final class WorkerClock extends Clock {
    private final Clock platform;
    private volatile Duration skew = Duration.ZERO;

    WorkerClock(Clock platform) {
        this.platform = platform;
    }

    /** @param skew how far the worker is ahead of the platform; may be negative */
    void skew(Duration skew) {
        this.skew = skew;
    }

    @Override
    public Instant instant() {
        return platform.instant().plus(skew);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("UTC alone");
    }
}
