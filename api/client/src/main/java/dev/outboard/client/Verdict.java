package dev.outboard.client;

/** What a person says came of a job whose outcome the server cannot learn by itself: credentials revoked, an account gone. */
public sealed interface Verdict {

    /**
     * The external job exists.
     *
     * @param handle as the task type's connector writes it
     * @param version of the handle's layout, from 1 on
     */
    record Created(String handle, int version) implements Verdict {}

    /** Nothing of this attempt exists on the platform, and no request that is under way will make it. */
    record NeverCreated() implements Verdict {}

    /** The job is to be given up, whatever the platform has of it. */
    record Failed(String reason) implements Verdict {}
}
