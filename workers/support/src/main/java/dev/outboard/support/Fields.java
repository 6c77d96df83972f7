package dev.outboard.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of a template, such as {@code custom}: each field by its type, each fault with a JSON pointer to it.
 * A JSON null is a field that is not given.
 */
public final class Fields {
    private final String pointer;
    private final Map<String, ? extends @Nullable Object> values;

    private Fields(String pointer, Map<String, ? extends @Nullable Object> values) {
        this.pointer = pointer;
        this.values = values;
    }

    /** @param pointer to the object in the create body, such as {@code /template/custom} */
    public static Fields at(String pointer, Map<String, ? extends @Nullable Object> values) {
        return new Fields(pointer, values);
    }

    /** The JSON pointer to a field. */
    public String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The JSON pointer to this object. */
    public String pointer() {
        return pointer;
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** As it is: String, Boolean, Double, List or Map; null if not given. */
    public @Nullable Object any(String name) {
        return values.get(name);
    }

    /** A string, or null if it is not given or empty. */
    public @Nullable String text(String name) throws UserFault {
        return switch (values.get(name)) {
            case null -> null;
            case String text -> text.isEmpty() ? null : text;
            default -> throw wrong(name, "a string");
        };
    }

    /** @param hint what to write there, a clause such as {@code the project that pays for the query} */
    public String required(String name, String hint) throws UserFault {
        var text = text(name);
        if (text == null) {
            throw missing(name, hint);
        }
        return text;
    }

    /** A whole number; strings of digits are taken too, for clients write int64 so. */
    public @Nullable Long integer(String name) throws UserFault {
        try {
            return switch (values.get(name)) {
                case null -> null;
                case Number number when Whole.numbers(number.doubleValue()) instanceof Long whole -> whole;
                case String text -> Long.valueOf(text.strip());
                default -> throw wrong(name, "a whole number");
            };
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
    }

    public @Nullable Boolean flag(String name) throws UserFault {
        return switch (values.get(name)) {
            case null -> null;
            case Boolean flag -> flag;
            default -> throw wrong(name, "true or false");
        };
    }

    /** An object inside this one, or null. */
    public @Nullable Fields object(String name) throws UserFault {
        return switch (values.get(name)) {
            case null -> null;
            case Map<?, ?> map -> new Fields(pointer(name), named(map));
            default -> throw wrong(name, "an object");
        };
    }

    /** A list, as it is; empty if not given. */
    public List<?> list(String name) throws UserFault {
        return switch (values.get(name)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw wrong(name, "a list");
        };
    }

    /** A list of objects; empty if not given. */
    public List<Fields> objects(String name) throws UserFault {
        var objects = new ArrayList<Fields>();
        for (var each : list(name)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Fields(pointer(name) + "/" + objects.size(), named(map)));
        }
        return objects;
    }

    /** The values by name, as they are. */
    public Map<String, @Nullable Object> values() {
        return new LinkedHashMap<>(values);
    }

    /** The fault of a field that must be there. */
    public UserFault missing(String name, String hint) {
        return new UserFault("MissingField", "`" + name + "` is missing: " + hint, pointer(name));
    }

    /** The fault of a field that is something else than it must be. */
    public UserFault wrong(String name, String expected) {
        return new UserFault("WrongType", "`" + name + "` must be " + expected, pointer(name));
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }
}
