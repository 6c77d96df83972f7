package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a view has of a job: all of it, or where to read it. */
sealed interface Known {
    JobId id();

    long incarnation();

    State state();

    /** From when a create under the same id begins anew, or null while the job lives. */
    @Nullable
    Instant expiresAt();

    /** True if it could not be taken, so that a replay may begin it anew. */
    boolean replaceable();

    /**
     * True if it gives way to a create under the same id: by the worker's own rule.
     *
     * @param replaces of a replay, the incarnation that it begins anew; null for any other create
     */
    default boolean gives(@Nullable Long replaces, Instant appendedAt) {
        boolean expired = Lifecycle.startsIncarnation(expiresAt(), appendedAt);
        return replaces == null ? expired : !expired && replaceable() && replaces == incarnation();
    }

    /** A job and where it was read. */
    record Seen(Job job, Position position) implements Known {
        @Override
        public JobId id() {
            return job.id();
        }

        @Override
        public long incarnation() {
            return job.incarnation();
        }

        @Override
        public State state() {
            return job.state();
        }

        @Override
        public @Nullable Instant expiresAt() {
            return job.times().expiresAt();
        }

        @Override
        public boolean replaceable() {
            return Lifecycle.replaceable(job);
        }

        boolean live() {
            return !job.state().terminal();
        }
    }

    /**
     * An ended job that is kept as a line of an {@link Archive}.
     *
     * @param offset of its record in state[p]
     */
    record Line(JobId id, long offset, long incarnation, State state, Instant expiresAt, boolean replaceable)
            implements
                Known {}
}
