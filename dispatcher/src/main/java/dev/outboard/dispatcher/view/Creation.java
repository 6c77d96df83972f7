package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;

/** What became of a create, decided by the order of the log. */
public sealed interface Creation {

    /** A new job. */
    record Accepted(Reading.Found job) implements Creation {}

    /** The same create came before: this is its job. */
    record Replayed(Reading.Found job) implements Creation {}

    /** Another create came before with the same key; it stays as it is. */
    record Conflict(JobId id) implements Creation {}

    /** So many creates of this type lie untaken that no more are accepted now. {@code why} is for people. */
    record Refused(String why) implements Creation {}
}
