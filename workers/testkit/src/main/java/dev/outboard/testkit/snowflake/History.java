package dev.outboard.testkit.snowflake;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Snowflake's query history, as a table that a look-up's own SQL runs over. */
final class History {

    /**
     * One statement as the history shows it.
     *
     * @param ended null while it runs; the history then has the epoch
     */
    record Row(Statement statement, String status, @Nullable SqlFault fault, @Nullable Instant ended, long produced) {}

    private History() {}

    /** @param rows in the order in which a limit takes them */
    static void fill(DuckDBConnection connection, List<Row> rows) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TEMP TABLE query_history_rows (QUERY_ID VARCHAR, QUERY_TEXT VARCHAR, DATABASE_NAME VARCHAR,
                      SCHEMA_NAME VARCHAR, USER_NAME VARCHAR, ROLE_NAME VARCHAR, WAREHOUSE_NAME VARCHAR,
                      QUERY_TAG VARCHAR, EXECUTION_STATUS VARCHAR, ERROR_CODE VARCHAR, ERROR_MESSAGE VARCHAR,
                      START_TIME TIMESTAMPTZ, END_TIME TIMESTAMPTZ, ROWS_PRODUCED BIGINT)""");
        }
        try (var appender = connection.createAppender("temp", "main", "query_history_rows")) {
            for (var row : rows) {
                var order = row.statement().order();
                var fault = row.fault();
                appender.beginRow();
                appender.append(row.statement().handle());
                appender.append(order.sql());
                append(appender, order.session().database());
                append(appender, order.session().schema());
                appender.append(order.session().user());
                append(appender, order.session().role());
                append(appender, order.session().warehouse());
                appender.append(order.tag() == null ? "" : order.tag());
                appender.append(row.status());
                append(appender, fault == null ? null : fault.code());
                append(appender, fault == null ? null : fault.message());
                appender.append(row.statement().createdAt().atOffset(ZoneOffset.UTC));
                appender.append((row.ended() == null ? Instant.EPOCH : row.ended()).atOffset(ZoneOffset.UTC));
                appender.append(row.produced());
                appender.endRow();
            }
        }
    }

    private static void append(org.duckdb.DuckDBAppender appender, @Nullable String text) throws SQLException {
        if (text == null) {
            appender.appendNull();
        } else {
            appender.append(text);
        }
    }
}
