package dev.outboard.dispatcher.job;

import org.jspecify.annotations.Nullable;

/** What can happen to a job. */
public sealed interface Input {

    /** Something somebody asked for, read from the command log. */
    sealed interface Command extends Input {
        JobId id();
    }

    /**
     * A create.
     *
     * @param offset where it stands in the command log; the incarnation if it starts one
     * @param refused why the API knew it to be bad, or null: such a job is FAILED from its first record
     * @param replaces the incarnation that could not be taken and now begins anew, or null for any other create
     */
    record Create(JobId id, Accepted accepted, long offset, @Nullable JobError refused, @Nullable Long replaces)
            implements
                Command {
        public Create(JobId id, Accepted accepted, long offset, @Nullable JobError refused) {
            this(id, accepted, offset, refused, null);
        }
    }

    /**
     * A cancel.
     *
     * @param incarnation of the job that the caller saw
     */
    record CancelAsked(JobId id, long incarnation, String by, String reason) implements Command {}

    /**
     * A person's word on what came of the job.
     *
     * @param incarnation and
     * @param attempt of the job that the person saw: said twice, it must not be taken for the next attempt
     */
    record Resolved(JobId id, long incarnation, int attempt, Verdict verdict, String by) implements Command {}

    /** There is a free slot for a job that was checked. */
    record Admit() implements Input {}

    /** There is none; {@code why} is for people. */
    record HoldBack(String why) implements Input {}

    /** Time has passed. */
    record Tick() implements Input {}

    /** The worker has just read this job's record back and knows of no call that is under way. */
    record Restored() implements Input {}

    /**
     * What came of a call.
     *
     * @param incarnation and
     * @param attempt of the job when the call was started; a result of any other is dropped
     * @param op which call it was
     */
    record Result(long incarnation, int attempt, Demand.Op op, Outcome outcome) implements Input {}
}
