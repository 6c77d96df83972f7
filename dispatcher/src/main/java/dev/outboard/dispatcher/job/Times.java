package dev.outboard.dispatcher.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a job did what.
 *
 * @param updatedAt the last transition
 * @param startedAt when the platform first had it, or null
 * @param endedAt when it became terminal, or null
 * @param expiresAt from when it may be forgotten and its id start anew, or null while not terminal
 * @param history the states it came into, oldest first: the first and the latest {@value #LATEST}
 */
public record Times(Instant updatedAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
        @Nullable Instant expiresAt, List<Transition> history) {
    private static final int LATEST = 15;

    public Times {
        history = List.copyOf(history);
    }

    /** Of a job that was accepted then. */
    public static Times accepted(Instant at) {
        return new Times(at, null, null, null, List.of(new Transition(State.QUEUED, 1, at)));
    }

    /** The same, with a change that is none of state. */
    Times changed(Instant now) {
        return new Times(now, startedAt, endedAt, expiresAt, history);
    }

    /** The same, come into this state. */
    Times into(State state, int attempt, Instant now) {
        var more = new ArrayList<>(history);
        more.add(new Transition(state, attempt, now));
        if (more.size() > 1 + LATEST) {
            more.remove(1);
        }
        return new Times(now, startedAt == null && state == State.RUNNING ? now : startedAt, endedAt, expiresAt, more);
    }

    Times ended(Instant now, Instant expires) {
        return new Times(updatedAt, startedAt, now, expires, history);
    }
}
