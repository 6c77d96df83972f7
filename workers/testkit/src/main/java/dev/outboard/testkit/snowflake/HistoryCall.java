package dev.outboard.testkit.snowflake;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement's call of {@code TABLE(INFORMATION_SCHEMA.QUERY_HISTORY…(…))}.
 *
 * @param sql the statement, {@link #TABLE} in place of the call
 * @param user whose statements, or null for everybody's
 * @param warehouse on which warehouse, or null for any
 * @param from no ended statement that ended before this, or null
 * @param to no statement that ended later, and none that runs, or null
 */
record HistoryCall(String sql, @Nullable String user, @Nullable String warehouse, @Nullable Instant from,
        @Nullable Instant to, int limit) {
    static final String TABLE = "temp.main.query_history_rows";
    private static final Pattern CALL = Pattern.compile(
            "table\\s*\\(\\s*(?:[\\w$\"]+\\.)?information_schema\\.query_history(_by_user|_by_warehouse)?\\s*\\(",
            Pattern.CASE_INSENSITIVE);
    private static final int MOST = 10_000;
    private static final Duration REACH = Duration.ofDays(7);

    /**
     * @param asker the session's user
     * @return null if the statement calls no such function
     * @throws IllegalArgumentException if it cannot be understood
     */
    static @Nullable HistoryCall in(String sql, String asker, Instant now) {
        var call = CALL.matcher(sql);
        if (!call.find()) {
            return null;
        }
        int end = closing(sql, call.end());
        int outer = sql.indexOf(')', end + 1);
        String user = "_by_user".equalsIgnoreCase(call.group(1)) ? asker : null;
        String warehouse = null;
        Instant from = null;
        Instant to = null;
        int limit = 100;
        for (var argument : sql.substring(call.end(), end).split(",")) {
            var parts = argument.split("=>");
            var value = parts[parts.length - 1].strip();
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "user_name" -> user = text(value);
                case "warehouse_name" -> warehouse = text(value);
                case "end_time_range_start" -> from = time(value, now);
                case "end_time_range_end" -> to = time(value, now);
                case "result_limit" -> limit = Integer.parseInt(value);
                case "" -> {
                }
                default -> throw new IllegalArgumentException("unknown argument " + parts[0].strip());
            }
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("RESULT_LIMIT must be from 1 to " + MOST);
        }
        if (from != null && from.isBefore(now.minus(REACH)) || to != null && to.isBefore(now.minus(REACH))) {
            throw new IllegalArgumentException("Cannot retrieve data from more than 7 days ago");
        }
        return new HistoryCall(sql.substring(0, call.start()) + TABLE + sql.substring(outer + 1), user, warehouse, from,
                to, limit);
    }

    private static int closing(String sql, int from) {
        int depth = 1;
        for (int i = from; i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a parenthesis is not closed");
    }

    private static String text(String literal) {
        int end = literal.indexOf('\'', 1);
        if (!literal.startsWith("'") || end < 0) {
            throw new IllegalArgumentException("a constant is expected, not " + literal);
        }
        return literal.substring(1, end);
    }

    private static Instant time(String value, Instant now) {
        try {
            return value.toLowerCase(Locale.ROOT).startsWith("current_timestamp") ? now : Instant.parse(text(value));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a timestamp is expected, not " + value, e);
        }
    }
}
