package dev.outboard.connectors.duckdb;

import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The SQL type of an input. DuckDB's lists and maps hold one type each, so a list's elements are brought to a common type
 * first; a map whose values have none becomes a struct.
 */
sealed interface InputType {
    /** Deeper values are refused: nobody writes them by hand, and they would overflow the stack. */
    int MAX_DEPTH = 64;

    /** About what DuckDB's timestamps, 64 bits of microseconds, can hold. */
    Instant EARLIEST = Instant.parse("-290000-01-01T00:00:00Z");
    Instant LATEST = Instant.parse("+290000-01-01T00:00:00Z");

    /** DuckDB's type of a bare NULL, which casts to any other. */
    Scalar NONE = new Scalar("\"NULL\"");
    Scalar BIGINT = new Scalar("BIGINT");
    Scalar DOUBLE = new Scalar("DOUBLE");
    Scalar INTERVAL = new Scalar("INTERVAL");

    record Scalar(String sql) implements InputType {}

    record ListOf(InputType element) implements InputType {}

    /** A map (if all have a common type) or a struct. */
    record Fields(Map<String, InputType> types) implements InputType {
        @Nullable
        InputType common() {
            return InputType.common(types.values());
        }
    }

    /** @throws IllegalArgumentException saying why DuckDB has no type for this value */
    static InputType of(@Nullable Object value) {
        return of(value, 0);
    }

    private static InputType of(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (value) {
            case null -> NONE;
            case Long _ -> BIGINT;
            case Double _ -> DOUBLE;
            case Boolean _ -> new Scalar("BOOLEAN");
            case String _,StructuredDataset _,Blob _ -> new Scalar("VARCHAR");
            case byte[] _ -> new Scalar("BLOB");
            case Instant instant -> {
                scalar(instant);
                yield new Scalar("TIMESTAMP WITH TIME ZONE");
            }
            case Duration duration -> {
                scalar(duration);
                yield INTERVAL;
            }
            case List<?> list -> new ListOf(element(list, depth));
            case Map<?, ?> map -> fields(map, depth);
            default -> throw new IllegalArgumentException("it is a " + value.getClass().getSimpleName());
        };
    }

    private static InputType element(List<?> list, int depth) {
        List<InputType> types = new ArrayList<>();
        for (Object element : list) {
            types.add(of(element, depth + 1));
        }
        InputType common = common(types);
        if (common == null) {
            throw new IllegalArgumentException("its elements have no common type: "
                    + types.stream().map(InputType::sql).distinct().limit(5).collect(Collectors.joining(", ")));
        }
        return common;
    }

    private static InputType fields(Map<?, ?> map, int depth) {
        Map<String, InputType> types = new LinkedHashMap<>();
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        boolean distinct = true;
        for (var entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            distinct &= !name.isEmpty() && names.add(name);
            types.put(name, of(entry.getValue(), depth + 1));
        }
        Fields fields = new Fields(types);
        if (!distinct && fields.common() == null) {
            throw new IllegalArgumentException("its values have no common type, and so its names must be distinct"
                    + " whatever their case, and not empty");
        }
        return fields;
    }

    private static @Nullable InputType common(Collection<InputType> types) {
        InputType common = NONE;
        for (InputType type : types) {
            common = common == null ? null : common(common, type);
        }
        return common;
    }

    private static @Nullable InputType common(InputType a, InputType b) {
        if (a.equals(b) || b.equals(NONE)) {
            return a;
        }
        if (a.equals(NONE)) {
            return b;
        }
        if (a instanceof Scalar && b instanceof Scalar) {
            boolean numbers = (a.equals(BIGINT) || a.equals(DOUBLE)) && (b.equals(BIGINT) || b.equals(DOUBLE));
            return numbers ? DOUBLE : null;
        }
        if (a instanceof ListOf(InputType left) && b instanceof ListOf(InputType right)) {
            InputType element = common(left, right);
            return element == null ? null : new ListOf(element);
        }
        if (a instanceof Fields(var left) && b instanceof Fields(var right)) {
            Map<String, InputType> merged = new LinkedHashMap<>(left);
            for (var entry : right.entrySet()) {
                InputType type = common(merged.getOrDefault(entry.getKey(), NONE), entry.getValue());
                if (type == null) {
                    return null;
                }
                merged.put(entry.getKey(), type);
            }
            return new Fields(merged);
        }
        return null;
    }

    /** As DuckDB spells it. */
    default String sql() {
        return switch (this) {
            case Scalar(String sql) -> sql;
            case ListOf(InputType element) -> element.sql() + "[]";
            case Fields fields -> {
                InputType common = fields.common();
                yield common != null
                        ? "MAP(VARCHAR, " + common.sql() + ")"
                        : fields.types()
                                .entrySet()
                                .stream()
                                .map(field -> "\"" + field.getKey().replace("\"", "\"\"") + "\" "
                                        + field.getValue().sql())
                                .collect(Collectors.joining(", ", "STRUCT(", ")"));
            }
        };
    }

    /** The value as the driver binds it; {@code value} is of this type, or of one that was widened to it. */
    default @Nullable Object bind(@Nullable Object value, DuckDBConnection connection) throws SQLException {
        if (value == null) {
            return null;
        }
        switch (this) {
            case Scalar scalar when scalar.equals(DOUBLE) -> {
                return ((Number) value).doubleValue();
            }
            case Scalar _ -> {
                return scalar(value);
            }
            case ListOf(InputType element) -> {
                List<@Nullable Object> bound = new ArrayList<>();
                for (Object each : (List<?>) value) {
                    bound.add(element.bind(each, connection));
                }
                return connection.createArrayOf(element.sql(), bound.toArray());
            }
            case Fields fields -> {
                Map<?, ?> map = (Map<?, ?>) value;
                InputType common = fields.common();
                Map<String, @Nullable Object> bound = new LinkedHashMap<>();
                for (var field : fields.types().entrySet()) {
                    if (common == null || map.containsKey(field.getKey())) {
                        InputType type = common == null ? field.getValue() : common;
                        bound.put(field.getKey(), type.bind(map.get(field.getKey()), connection));
                    }
                }
                return common == null
                        ? connection.createStruct(sql(), bound.values().toArray())
                        : connection.createMap(sql(), bound);
            }
        }
    }

    private static Object scalar(Object value) {
        try {
            return switch (value) {
                case Instant instant -> {
                    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                        throw new IllegalArgumentException("DuckDB has no such time");
                    }
                    yield instant.atOffset(ZoneOffset.UTC);
                }
                // the driver binds no intervals; ParsedStatement casts this text
                case Duration duration -> Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L),
                        duration.getNano() / 1000) + " microseconds";
                case StructuredDataset dataset -> dataset.uri();
                case Blob blob -> blob.uri();
                default -> value;
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it is longer than DuckDB's intervals", e);
        }
    }
}
