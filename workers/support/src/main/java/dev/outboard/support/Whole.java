package dev.outboard.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flyte's Struct knows doubles alone; platforms refuse {@code 4.0} where they want 4. */
public final class Whole {
    /** Beyond it a double does not tell neighbouring integers apart. */
    private static final double EXACT = 1L << 53;

    private Whole() {}

    /** The JSON value with every integral double up to 2^53 as a Long, at any depth; the order of maps is kept. */
    public static @Nullable Object numbers(@Nullable Object value) {
        return switch (value) {
            case Double number when number == Math.rint(number) && Math.abs(number) <= EXACT -> number.longValue();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, each) -> copy.put(String.valueOf(key), numbers(each)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(each -> copy.add(numbers(each)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    /** The same for an object. */
    public static Map<String, @Nullable Object> numbers(Map<String, ? extends @Nullable Object> object) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((key, each) -> copy.put(key, numbers((@Nullable Object) each)));
        return copy;
    }
}
