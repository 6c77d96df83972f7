package dev.outboard.dispatcher.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cancel that is owed.
 *
 * @param by who asked
 * @param reason in their words, may be empty
 * @param thenFail how the job ends once the platform runs nothing of it, where it was we who gave up (a time-out); null
 *     for a cancel that ends CANCELLED
 */
public record Cancel(String by, Instant at, String reason, @Nullable JobError thenFail) {

    /** True if it was we who gave up, because of a bug of the connector's. */
    boolean forBug() {
        return thenFail != null && thenFail.code().equals(JobError.CONNECTOR_BUG);
    }
}
