package dev.outboard.dispatcher.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state that a job came into.
 *
 * @param attempt in which, counted from 1
 * @param at when
 * @param note who had a hand in it and how, or null where nobody had
 */
public record Transition(State state, int attempt, Instant at, @Nullable String note) {
    public Transition(State state, int attempt, Instant at) {
        this(state, attempt, at, null);
    }
}
