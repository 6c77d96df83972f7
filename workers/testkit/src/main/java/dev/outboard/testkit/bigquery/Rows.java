package dev.outboard.testkit.bigquery;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as BigQuery's JSON has it: every value a string, in {@code f} and {@code v}. */
record Rows(List<Map<String, Object>> fields, List<Map<String, Object>> rows) {

    static Rows read(ResultSet result) throws SQLException {
        var meta = result.getMetaData();
        var fields = new ArrayList<Map<String, Object>>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            fields.add(field(meta, i));
        }
        var rows = new ArrayList<Map<String, Object>>();
        while (result.next()) {
            var cells = new ArrayList<Map<String, Object>>();
            for (int i = 1; i <= fields.size(); i++) {
                cells.add(cell(result.getObject(i)));
            }
            rows.add(Map.of("f", cells));
        }
        return new Rows(fields, rows);
    }

    private static Map<String, Object> field(ResultSetMetaData meta, int i) throws SQLException {
        var type = meta.getColumnTypeName(i);
        boolean repeated = type.endsWith("[]");
        return Map.of("name", meta.getColumnName(i), "type", type(repeated ? type.replace("[]", "") : type), "mode",
                repeated ? "REPEATED" : "NULLABLE");
    }

    private static String type(String type) {
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
                    "UHUGEINT" ->
                "INTEGER";
            case "FLOAT", "DOUBLE" -> "FLOAT";
            case "BOOLEAN" -> "BOOLEAN";
            case "BLOB" -> "BYTES";
            case "DATE" -> "DATE";
            case "TIME" -> "TIME";
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> "DATETIME";
            case "TIMESTAMP WITH TIME ZONE" -> "TIMESTAMP";
            default -> type.startsWith("DECIMAL") ? "NUMERIC" : "STRING";
        };
    }

    private static Map<String, Object> cell(@Nullable Object value) throws SQLException {
        var cell = new HashMap<String, Object>();
        if (value instanceof Array array) {
            var elements = new ArrayList<Map<String, Object>>();
            for (var element : (Object[]) array.getArray()) {
                elements.add(cell(element));
            }
            cell.put("v", elements);
        } else {
            cell.put("v", text(value));
        }
        return cell;
    }

    // a null value stays one in the map, as it must in the JSON
    @SuppressWarnings("NullAway")
    private static String text(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case java.sql.Blob blob -> Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case BigDecimal number -> number.toPlainString();
            case java.sql.Timestamp time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.toLocalDateTime());
            case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            case OffsetDateTime time -> seconds(time.toInstant());
            default -> String.valueOf(value);
        };
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9)).toPlainString();
    }
}
