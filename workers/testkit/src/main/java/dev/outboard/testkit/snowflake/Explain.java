package dev.outboard.testkit.snowflake;

import java.sql.SQLException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/** {@code EXPLAIN USING JSON}: DuckDB finds what is wrong, the statistics are made up. */
final class Explain {
    private static final Pattern HEAD = Pattern.compile("^\\s*explain(\\s+using\\s+json)?\\s+",
            Pattern.CASE_INSENSITIVE);

    private Explain() {}

    static Engine.Outcome run(DuckDBConnection connection, Order order, Instant now) throws SQLException {
        var sql = HEAD.matcher(order.sql()).replaceFirst("");
        try (var statement = connection.prepareStatement("EXPLAIN " + Dialect.translate(sql, now))) {
            Binding.bind(statement, order.bindings(), 0);
            statement.execute();
        }
        return new Engine.Outcome(Table.text("content",
                "{\"GlobalStats\":{\"partitionsTotal\":3,\"partitionsAssigned\":1,\"bytesAssigned\":65536},"
                        + "\"Operations\":[[{\"id\":0,\"operation\":\"Result\"}]]}"),
                null);
    }
}
