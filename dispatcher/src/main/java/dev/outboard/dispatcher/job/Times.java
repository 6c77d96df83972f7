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
        return new Times(now, startedAt == null && state == State.RUNNING ? now : startedAt, endedAt, expiresAt,
                longer(history, new Transition(state, attempt, now)));
    }

    /** The same, with a note beside the state that it came into now, or stayed in. */
    Times noted(State state, int attempt, String note) {
        boolean came = !history.isEmpty() && history.getLast().equals(new Transition(state, attempt, updatedAt));
        return new Times(updatedAt, startedAt, endedAt, expiresAt,
                longer(came ? history.subList(0, history.size() - 1) : history,
                        new Transition(state, attempt, updatedAt, note)));
    }

    private static List<Transition> longer(List<Transition> history, Transition next) {
        var more = new ArrayList<>(history);
        more.add(next);
        if (more.size() > 1 + LATEST) {
            more.remove(1);
        }
        return more;
    }

    Times ended(Instant now, Instant expires) {
        return new Times(updatedAt, startedAt, now, expires, history);
    }
}
