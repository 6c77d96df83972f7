package dev.outboard.testkit.snowflake;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Gives a request's {@code bindings} to a prepared statement. */
final class Binding {
    private static final BigInteger GIGA = BigInteger.valueOf(1_000_000_000);

    private Binding() {}

    /** How many rows the bindings hold: more than one if their values are arrays. */
    static int rows(JsonNode bindings) {
        var first = bindings.path("1").path("value");
        return first.isArray() ? first.size() : 1;
    }

    /** @throws SQLException also for a value that is none of its type */
    static void bind(PreparedStatement statement, JsonNode bindings, int row) throws SQLException {
        for (int i = 1; i <= bindings.size(); i++) {
            var binding = bindings.path(Integer.toString(i));
            var value = binding.path("value");
            var one = value.isArray() ? value.path(row) : value;
            try {
                statement.setObject(i, value(binding.path("type").asText(), one));
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                throw new SQLException("Conversion Error: bind variable " + i + " of type "
                        + binding.path("type").asText() + " cannot be `" + one.asText() + "`", e);
            }
        }
    }

    private static @Nullable Object value(String type, JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new IllegalArgumentException("values are strings");
        }
        var text = node.textValue();
        return switch (type) {
            case "FIXED" -> fixed(new BigDecimal(text));
            case "REAL" -> Double.valueOf(text);
            case "TEXT" -> text;
            case "BOOLEAN" -> Boolean.valueOf(text);
            case "BINARY" -> HexFormat.of().parseHex(text);
            case "DATE" -> LocalDate.ofEpochDay(Long.parseLong(text) / 86_400_000);
            case "TIME" -> LocalTime.ofNanoOfDay(Long.parseLong(text));
            case "TIMESTAMP_NTZ" -> nanos(text).atOffset(ZoneOffset.UTC).toLocalDateTime();
            case "TIMESTAMP_LTZ" -> nanos(text).atOffset(ZoneOffset.UTC);
            case "TIMESTAMP_TZ" -> nanos(text.substring(0, text.indexOf(' '))).atOffset(ZoneOffset.UTC);
            default -> throw new IllegalArgumentException("no such type");
        };
    }

    private static Object fixed(BigDecimal number) {
        return number.scale() <= 0 && number.precision() < 19 ? (Object) number.longValueExact() : number;
    }

    private static Instant nanos(String text) {
        var parts = new BigInteger(text).divideAndRemainder(GIGA);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
