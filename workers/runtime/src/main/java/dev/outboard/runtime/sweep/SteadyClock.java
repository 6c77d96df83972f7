package dev.outboard.runtime.sweep;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock as it was at the start, from then on at the pace of the machine's timer: a clock that is set forward
 * must not make two looks seem further apart than they are. Any thread.
 */
public final class SteadyClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long ticks = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - ticks);
    }
}
