package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A place in a list of jobs: after this job. Stays valid when the job is gone.
 *
 * @param createdAt when the job was accepted
 */
public record Cursor(Instant createdAt, JobId id) implements Comparable<Cursor> {
    private static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparing(Cursor::createdAt)
            .reversed()
            .thenComparing(Cursor::id);

    /** Newest first, of the same moment by id. */
    @Override
    public int compareTo(Cursor other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
