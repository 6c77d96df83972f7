package dev.outboard.spi;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a platform told of many jobs at once.
 *
 * @param results of the handles it told of; each is what {@link Connector#poll} would have said at some moment during the call
 * @param restUnchanged true if all other handles are known to be as they were at {@code since}; else the worker asks for them
 *     singly, in time
 * @param asOf the platform's own time that this answer is complete to, to be given as {@code since} the next time; null if
 *     the platform cannot say what has changed
 */
public record Batch(Map<Handle, PollResult> results, boolean restUnchanged, @Nullable Instant asOf) {
    public Batch {
        results = Map.copyOf(results);
    }
}
