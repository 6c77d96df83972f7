package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.spi.ExternalJob;
import org.jspecify.annotations.Nullable;

/** Where platform and log contradict each other. */
public sealed interface Finding {

    /** Why no job answers for an external job. */
    enum Why {
        /** The log knows no job of this id, or no longer. */
        UNKNOWN_JOB,
        /** The job has ended. */
        JOB_ENDED,
        /** The job is at a later attempt. */
        SUPERSEDED,
        /** It belongs to an earlier job of the same id, whose window has passed. */
        EARLIER_JOB,
        /** The job has another external job under the same key. */
        DUPLICATE
    }

    /**
     * A live external job that no job answers for.
     *
     * @param attempt that it was created for, or null where that cannot be told
     */
    record Orphan(ExternalJob external, Why why, @Nullable Integer attempt) implements Finding {}

    /**
     * A job that waits for an external job which the platform does not list.
     *
     * @param job RUNNING or CANCELLING, with a handle
     * @param key of its attempt
     */
    record Missing(Job job, String key) implements Finding {}
}
