package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;

/** Kafka did not say in time whether it has the command: it may or may not have been written. */
public final class OutcomeUnknown extends Exception {
    private static final long serialVersionUID = 1;
    private final transient JobId id;

    public OutcomeUnknown(JobId id, String message) {
        super(message);
        this.id = id;
    }

    /** The job that the command was for. */
    public JobId id() {
        return id;
    }
}
