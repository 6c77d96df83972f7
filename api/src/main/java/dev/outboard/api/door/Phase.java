package dev.outboard.api.door;

import dev.outboard.dispatcher.job.Job;

/** A job's state in the words of Flyte and of the RFC. */
final class Phase {
    private Phase() {}

    /** As flyteidl's TaskExecution.Phase has it. */
    static String flyte(Job job) {
        return switch (job.state()) {
            case QUEUED -> "QUEUED";
            case WAITING -> "WAITING_FOR_RESOURCES";
            case SUBMITTING -> "INITIALIZING";
            case RUNNING -> job.attempt().queued() ? "INITIALIZING" : "RUNNING";
            case CANCELLING -> "RUNNING";
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED -> job.error() != null && job.error().retryable() ? "RETRYABLE_FAILED" : "FAILED";
            case CANCELLED -> "ABORTED";
        };
    }

    /** The RFC's {@code job_state}. */
    static String rfc(Job job) {
        return switch (job.state()) {
            case QUEUED, WAITING, SUBMITTING, RUNNING, CANCELLING -> "running";
            case SUCCEEDED -> "succeed";
            case FAILED, CANCELLED -> "failed";
        };
    }
}
