package dev.outboard.dispatcher.job;

import java.time.Instant;

/**
 * What a job wants done next, and when. Derived from the record alone, so a successor that has read the record back
 * wants the same.
 *
 * @param due not before this
 */
public record Demand(Op op, Instant due) {
    /** The calls a job may want, and the two things that are no call. */
    public enum Op {
        /** Ask the connector whether the job can be seen to be wrong. */
        CHECK,
        /** Not a call: a free slot. */
        SLOT,
        /** Create, or create again with the same key. */
        CREATE,
        /** Look the external job up by its key. */
        FIND,
        /** Occupy the key, so that no create of it can land any more. */
        OCCUPY,
        /** Ask how the external job is doing. */
        POLL,
        /** Stop the external job, and ask how it is. */
        DELETE,
        /** Not a call: to be forgotten. */
        EXPIRE
    }
}
