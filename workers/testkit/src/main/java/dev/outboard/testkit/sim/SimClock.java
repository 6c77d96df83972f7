package dev.outboard.testkit.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is advanced, or follows the system's with a shift. Safe for many threads. */
public final class SimClock extends Clock {
    private final Clock base;
    private volatile Duration shift = Duration.ZERO;

    private SimClock(Clock base) {
        this.base = base;
    }

    /** Stands at this time until it is advanced. */
    public static SimClock standing(Instant start) {
        return new SimClock(fixed(start, ZoneOffset.UTC));
    }

    /** Goes as the system's does, plus what it is advanced by. */
    public static SimClock running() {
        return new SimClock(systemUTC());
    }

    /** @param time may be negative: then it is behind */
    public synchronized void advance(Duration time) {
        shift = shift.plus(time);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(shift);
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
