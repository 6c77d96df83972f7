package dev.outboard.dispatcher.job;

/** Where a job stands. Everything finer is a {@link Condition}. */
public enum State {
    /** Accepted, not yet handed to the platform. */
    QUEUED,
    /** Held back before this attempt's intent is committed; the message tells why. */
    WAITING,
    /** The intent to create is durable; the call may be in flight, throttled, or its outcome unknown. */
    SUBMITTING,
    /** The platform has it. */
    RUNNING,
    /** A cancel is owed and not confirmed. */
    CANCELLING,
    /** Ended well. */
    SUCCEEDED,
    /** Ended badly, with an error. */
    FAILED,
    /** The platform confirmed the end, or the job was never created there. */
    CANCELLED;

    /** True if nothing more will happen to the job but to be forgotten. */
    public boolean terminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** True if something of this attempt may exist on the platform. */
    public boolean mayExist() {
        return this == SUBMITTING || this == RUNNING || this == CANCELLING;
    }
}
