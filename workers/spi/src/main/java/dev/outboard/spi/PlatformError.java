package dev.outboard.spi;

import org.jspecify.annotations.Nullable;

/**
 * What the platform itself said of an error: what a person takes to its console or its support.
 *
 * @param platform its name for people, such as {@code BigQuery}
 * @param category what sort of trouble it is
 * @param code its own code, such as {@code accessDenied}, or null
 * @param requestId its own id of the request or the job, for its support, or null
 * @param link a page about it, or null
 */
public record PlatformError(String platform, Category category, @Nullable String code, @Nullable String requestId,
        @Nullable String link) {

    /** Who has to do what. */
    public enum Category {
        /** The job is wrong: change it. */
        USER,
        /** Somebody may not do this, or could not show who he is: change grants or credentials. */
        AUTH,
        /** An allowance is used up: wait, or have it raised. */
        QUOTA,
        /** The platform's passing trouble: try again. */
        TRANSIENT,
        /** It took too long: allow more, or ask for less. */
        TIMEOUT,
        /** Somebody stopped it. */
        CANCELLED
    }
}
