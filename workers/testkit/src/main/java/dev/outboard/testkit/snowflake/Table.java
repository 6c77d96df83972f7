package dev.outboard.testkit.snowflake;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement returned, as the API writes it: every value a string.
 *
 * @param stats null for what only reads
 */
record Table(List<Map<String, Object>> columns, List<List<@Nullable String>> rows,
        @Nullable Map<String, Object> stats) {

    /** More are refused: the simulator keeps them all. */
    static final int MAX_ROWS = 1_000_000;

    static Table read(ResultSet result) throws SQLException {
        var meta = result.getMetaData();
        var columns = new ArrayList<Map<String, Object>>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(column(meta, i));
        }
        var rows = new ArrayList<List<@Nullable String>>();
        while (result.next() && rows.size() <= MAX_ROWS) {
            var row = new ArrayList<@Nullable String>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                row.add(written(result.getObject(i)));
            }
            rows.add(row);
        }
        return new Table(columns, rows, null);
    }

    /** What Snowflake returns for an INSERT, UPDATE, DELETE or MERGE. */
    static Table changed(String verb, long count) {
        var word = verb.equals("update") ? "updated" : verb.equals("delete") ? "deleted" : "inserted";
        return new Table(List.of(column("number of rows " + word, "fixed", 0)), List.of(List.of(Long.toString(count))),
                Map.of("numRowsInserted", word.equals("inserted") ? count : 0, "numRowsUpdated",
                        word.equals("updated") ? count : 0, "numRowsDeleted", word.equals("deleted") ? count : 0,
                        "numDuplicateRowsUpdated", 0));
    }

    static Table status(String text) {
        return text("status", text);
    }

    static Table text(String name, String text) {
        return new Table(List.of(column(name, "text", 0)), List.of(List.of(text)), null);
    }

    /** As the history counts them. */
    long produced() {
        var counts = stats;
        return counts == null ? rows.size() : Long.parseLong(String.valueOf(rows.getFirst().getFirst()));
    }

    private static Map<String, Object> column(ResultSetMetaData meta, int i) throws SQLException {
        var type = meta.getColumnTypeName(i).toUpperCase(Locale.ROOT);
        var name = meta.getColumnLabel(i).toUpperCase(Locale.ROOT);
        return switch (type.replaceAll("\\(.*", "")) {
            case "BOOLEAN" -> column(name, "boolean", 0);
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
                    "UHUGEINT" ->
                column(name, "fixed", 0);
            case "DECIMAL" -> column(name, "fixed", meta.getScale(i));
            case "FLOAT", "DOUBLE" -> column(name, "real", 0);
            case "DATE" -> column(name, "date", 0);
            case "TIME" -> column(name, "time", 9);
            case "TIMESTAMP" -> column(name, "timestamp_ntz", 9);
            case "TIMESTAMP WITH TIME ZONE" -> column(name, "timestamp_ltz", 9);
            case "BLOB" -> column(name, "binary", 0);
            default -> column(name, "text", 0);
        };
    }

    private static Map<String, Object> column(String name, String type, int scale) {
        return Map.of("name", name, "database", "", "schema", "", "table", "", "nullable", true, "type", type, "scale",
                scale, "precision", type.equals("fixed") ? 38 : 0);
    }

    private static @Nullable String written(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal.toPlainString();
            case Date date -> Long.toString(date.toLocalDate().toEpochDay());
            case LocalDate date -> Long.toString(date.toEpochDay());
            case LocalTime time -> seconds(time.toSecondOfDay(), time.getNano());
            case Timestamp time -> seconds(time.toLocalDateTime().toInstant(ZoneOffset.UTC));
            case LocalDateTime time -> seconds(time.toInstant(ZoneOffset.UTC));
            case OffsetDateTime time -> seconds(time.toInstant());
            case java.sql.Blob blob -> HexFormat.of().withUpperCase().formatHex(blob.getBytes(1, (int) blob.length()));
            default -> value.toString();
        };
    }

    private static String seconds(Instant time) {
        return seconds(time.getEpochSecond(), time.getNano());
    }

    private static String seconds(long seconds, int nanos) {
        return "%d.%09d".formatted(seconds, nanos);
    }
}
