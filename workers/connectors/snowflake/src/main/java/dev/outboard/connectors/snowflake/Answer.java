package dev.outboard.connectors.snowflake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API said, as far as it matters here.
 *
 * @param body null if it is no JSON object
 * @param retryAfter null if it did not say
 * @param date the time at the account, or null
 */
record Answer(int status, @Nullable Body body, @Nullable Duration retryAfter, @Nullable Instant date) {

    /**
     * @param code Snowflake's, six digits mostly; empty if there is none
     * @param handle the statement's; empty if there is none
     * @param rows how many the whole result has
     * @param changed how many rows a statement inserted, updated and deleted, or null if it only read
     * @param partitions how many there are, at least 1
     * @param data the rows of this partition; empty if they were not wanted
     */
    record Body(String code, String message, String handle, long rows, @Nullable Long changed, int partitions,
            List<List<@Nullable String>> data) {}

    String code() {
        return body == null ? "" : body.code();
    }

    String message() {
        return body == null || body.message().isEmpty() ? "HTTP " + status : body.message();
    }

    String handle() {
        return body == null ? "" : body.handle();
    }

    /** What it takes to say it in an error. */
    String told() {
        return message() + (code().isEmpty() ? "" : " (" + code() + ")");
    }
}
