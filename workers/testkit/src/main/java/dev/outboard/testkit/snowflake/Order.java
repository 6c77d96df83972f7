package dev.outboard.testkit.snowflake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One statement as it was submitted.
 *
 * @param requestId the caller's, or the simulator's own
 * @param bindings by position, from {@code "1"}; an empty object if there are none
 * @param timeout zero for none
 */
record Order(String requestId, String sql, JsonNode bindings, @Nullable String tag, Session session,
        Duration timeout) {

    /** Who asks, and where. Names are as the statement's request gave them: Snowflake compares them exactly. */
    record Session(String user, @Nullable String database, @Nullable String schema, @Nullable String warehouse,
            @Nullable String role) {}

    /** Looks into the history instead of doing something. */
    boolean history() {
        return sql.toLowerCase(java.util.Locale.ROOT).contains("information_schema.query_history");
    }

    boolean explain() {
        return sql.stripLeading().toLowerCase(java.util.Locale.ROOT).startsWith("explain");
    }
}
