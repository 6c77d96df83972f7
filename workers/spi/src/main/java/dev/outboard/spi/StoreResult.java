package dev.outboard.spi;

/** What became of a write to an {@link OutputStore}. */
public sealed interface StoreResult {

    /** The file is there, durably, and whole. */
    record Stored() implements StoreResult {}

    /**
     * The operator has not allowed this place, or the URI names none; nothing was asked.
     *
     * @param why for people, a clause that names the setting, such as {@code the setting stores.s3.buckets does not name
     *     the bucket b}
     */
    record NotAllowed(String why) implements StoreResult {}

    /** The store says no, and would again: the job fails with this. */
    record Refused(TaskError error) implements StoreResult {}
}
