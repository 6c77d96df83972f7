package dev.outboard.dispatcher.job;

/** What a person says came of a job whose outcome Outboard cannot learn by itself: credentials revoked, an account gone. */
public sealed interface Verdict {

    /** The external job exists, and this is how to find it. */
    record Created(Handle handle) implements Verdict {}

    /** Nothing of this attempt exists on the platform, and no request that is under way will make it. */
    record NeverCreated() implements Verdict {}

    /** The job is to be given up, whatever the platform has of it; {@code reason} is for people. */
    record Failed(String reason) implements Verdict {}

    /**
     * True if this can be said of the job as it is now: any live job can be given up; what exists can be told only where
     * that is not known. The worker and the readers decide by the same rule.
     */
    default boolean fits(Job job) {
        return switch (this) {
            case Failed _ -> !job.state().terminal();
            case Created _,NeverCreated _ -> switch (job.state()) {
                case SUBMITTING, CANCELLING -> job.attempt().handle() == null;
                default -> false;
            };
        };
    }

    /** In a few words, for a log and a job's history. */
    default String text() {
        return switch (this) {
            case Created _ -> "created";
            case NeverCreated _ -> "never created";
            case Failed _ -> "failed";
        };
    }
}
