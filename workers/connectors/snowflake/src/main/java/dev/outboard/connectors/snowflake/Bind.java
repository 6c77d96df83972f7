package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.support.UserFault;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value for one {@code ?}, as the API's {@code bindings} have it. */
record Bind(String type, @Nullable String value) {
    private static final BigInteger GIGA = BigInteger.valueOf(1_000_000_000);

    /** @param name of the input, for the error */
    static Bind of(String name, @Nullable Object value) throws UserFault {
        return switch (value) {
            case null -> new Bind("TEXT", null);
            case Long number -> new Bind("FIXED", number.toString());
            case Double number -> new Bind("REAL", number.toString());
            case Boolean flag -> new Bind("BOOLEAN", flag.toString());
            case String text -> new Bind("TEXT", text);
            // with its offset, so that it means the same in a column of any of the three kinds
            case Instant time -> new Bind("TIMESTAMP_TZ", nanos(time) + " 1440");
            case Duration time -> new Bind("TEXT", clock(name, time));
            case byte[] bytes -> new Bind("BINARY", HexFormat.of().withUpperCase().formatHex(bytes));
            case StructuredDataset dataset -> new Bind("TEXT", dataset.uri());
            case Blob blob -> new Bind("TEXT", blob.uri());
            default -> throw unsupported(name, "a map or a list of lists has no type that Snowflake binds");
        };
    }

    /** A list becomes as many values; the placeholder then is a parenthesis. */
    static List<Bind> all(String name, List<?> values) throws UserFault {
        if (values.isEmpty()) {
            throw unsupported(name, "the list is empty, and `()` is no SQL");
        }
        var all = new ArrayList<Bind>();
        for (var value : values) {
            all.add(of(name, value));
        }
        return all;
    }

    static UserFault unsupported(String name, String why) {
        return new UserFault("UnsupportedInput", "the input `" + name + "` cannot be bound: " + why, pointer(name));
    }

    static String pointer(String name) {
        return "/inputs/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond())
                .multiply(GIGA)
                .add(BigInteger.valueOf(time.getNano()))
                .toString();
    }

    /** As Flyte's Python connector gives it: the time of day. */
    private static String clock(String name, Duration time) throws UserFault {
        if (time.isNegative() || time.toDays() > 0) {
            throw unsupported(name, "Snowflake has no intervals; as a time of day it must be from 0 to 24 hours");
        }
        return "%02d:%02d:%02d.%06d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart(),
                time.toNanosPart() / 1_000);
    }

    /** The request's {@code bindings}, counted from 1. */
    static Map<String, Object> written(List<Bind> binds) {
        var bindings = new LinkedHashMap<String, Object>();
        for (var bind : binds) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("type", bind.type());
            one.put("value", bind.value());
            bindings.put(Integer.toString(bindings.size() + 1), one);
        }
        return bindings;
    }
}
