package dev.outboard.dispatcher.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a job, as it stands in the state log. Only {@link Lifecycle} makes a next one.
 *
 * @param incarnation the offset of the create that this job began with
 * @param rev counts the transitions of this incarnation, from 1
 * @param message what a person should read beside the state, or null
 * @param conditions at most one of each type
 * @param due before which a WAITING job is not tried again, or null for now
 * @param cancel the cancel that is owed or was honoured, or null
 * @param error why it FAILED, or null
 * @param outputs once SUCCEEDED, or null
 */
public record Job(JobId id, long incarnation, long rev, Accepted accepted, State state, @Nullable String message,
        Attempt attempt, List<Condition> conditions, @Nullable Instant due, @Nullable Cancel cancel,
        @Nullable JobError error, @Nullable Outputs outputs, Times times) {
    public Job {
        conditions = List.copyOf(conditions);
    }

    /** A job as its create makes it. */
    static Job queued(JobId id, long incarnation, Accepted accepted) {
        return new Job(id, incarnation, 1, accepted, State.QUEUED, null, Attempt.fresh(1, 0), List.of(), null, null,
                null,
                null, Times.accepted(accepted.at()));
    }

    /** The condition of this type, or null. */
    public @Nullable Condition condition(Condition.Type type) {
        return conditions.stream().filter(c -> c.type() == type).findFirst().orElse(null);
    }

    Edit edit() {
        return new Edit(this);
    }

    /** The same record, with a note in its history beside the state that it has. */
    Job noted(String note) {
        return new Job(id, incarnation, rev, accepted, state, message, attempt, conditions, due, cancel, error, outputs,
                times.noted(state, attempt.number(), note));
    }

    /** Collects what one transition changes; {@link #at} makes the next record. */
    static final class Edit {
        private final Job from;
        private State state;
        private @Nullable String message;
        private Attempt attempt;
        private List<Condition> conditions;
        private @Nullable Instant due;
        private @Nullable Cancel cancel;
        private @Nullable JobError error;
        private @Nullable Outputs outputs;

        private Edit(Job from) {
            this.from = from;
            state = from.state;
            message = from.message;
            attempt = from.attempt;
            conditions = from.conditions;
            cancel = from.cancel;
        }

        Edit state(State next, @Nullable String said) {
            state = next;
            message = said;
            return this;
        }

        Edit attempt(Attempt next) {
            attempt = next;
            return this;
        }

        Edit conditions(List<Condition> next) {
            conditions = next;
            return this;
        }

        Edit without(Condition.Type type) {
            conditions = Conditions.without(conditions, type);
            return this;
        }

        Edit due(@Nullable Instant next) {
            due = next;
            return this;
        }

        Edit cancel(Cancel asked) {
            cancel = asked;
            return this;
        }

        Edit error(JobError why) {
            error = why;
            return this;
        }

        Edit outputs(@Nullable Outputs made) {
            outputs = made;
            return this;
        }

        /** The next record: one transition later. */
        Job at(Instant now) {
            return with(times(now));
        }

        /** The last record. */
        Job ended(Instant now, Instant expires) {
            return with(times(now).ended(now, expires));
        }

        private Times times(Instant now) {
            boolean same = state == from.state && attempt.number() == from.attempt.number();
            return same ? from.times.changed(now) : from.times.into(state, attempt.number(), now);
        }

        private Job with(Times times) {
            return new Job(from.id, from.incarnation, from.rev + 1, from.accepted, state, message, attempt, conditions,
                    due, cancel, error, outputs, times);
        }
    }
}
