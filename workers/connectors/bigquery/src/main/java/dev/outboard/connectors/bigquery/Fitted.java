package dev.outboard.connectors.bigquery;

import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.FieldInfo;
import dev.outboard.support.UserFault;
import dev.outboard.support.Whole;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a JSON value to the types of the vendor's own model, at any depth: whole numbers without a fraction, int64 as text,
 * and a fault with a pointer where it is something else. Members that the model does not know stay as they are.
 */
final class Fitted {
    private Fitted() {}

    /**
     * @param value not null
     * @param name of the field, for people
     * @param pointer to it in the create body
     */
    static Object value(Object value, Type type, String name, String pointer) throws UserFault {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(value, generic.getActualTypeArguments()[0], name, pointer)
                    : map(value, generic.getActualTypeArguments()[1], name, pointer);
        }
        if (type == String.class && value instanceof String || type == Boolean.class && value instanceof Boolean) {
            return value;
        }
        if (type == String.class) {
            throw wrong(name, "a string", pointer);
        }
        if (type == Boolean.class) {
            throw wrong(name, "true or false", pointer);
        }
        if (type == Integer.class || type == Long.class) {
            return whole(value, type == Long.class, name, pointer);
        }
        if (type == Double.class || type == Float.class) {
            if (value instanceof Number) {
                return value;
            }
            throw wrong(name, "a number", pointer);
        }
        return type instanceof Class<?> model && com.google.api.client.util.GenericData.class.isAssignableFrom(model)
                ? object(value, model, name, pointer)
                : loose(value);
    }

    private static Object whole(Object value, boolean wide, String name, String pointer) throws UserFault {
        try {
            long number = switch (Whole.numbers(value)) {
                case Long whole -> whole;
                case String text -> Long.parseLong(text.strip());
                case null, default -> throw wrong(name, "a whole number", pointer);
            };
            if (wide) {
                // BigQuery's JSON writes 64 bits as text
                return String.valueOf(number);
            }
            return Math.toIntExact(number);
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(name, wide ? "a whole number" : "a whole number of 32 bits", pointer);
        }
    }

    private static List<Object> list(Object value, Type element, String name, String pointer) throws UserFault {
        if (!(value instanceof List<?> list)) {
            throw wrong(name, "a list", pointer);
        }
        var fitted = new ArrayList<Object>();
        for (int i = 0; i < list.size(); i++) {
            var each = list.get(i);
            if (each == null) {
                throw wrong(name, "a list without nulls", pointer);
            }
            fitted.add(value(each, element, name + "[" + i + "]", pointer + "/" + i));
        }
        return fitted;
    }

    private static Map<String, Object> map(Object value, Type element, String name, String pointer) throws UserFault {
        var fitted = new LinkedHashMap<String, Object>();
        for (var entry : members(value, name, pointer).entrySet()) {
            var key = String.valueOf(entry.getKey());
            var each = entry.getValue();
            if (each != null) {
                fitted.put(key, value(each, element, key, pointer + "/" + escape(key)));
            }
        }
        return fitted;
    }

    private static Map<String, Object> object(Object value, Class<?> model, String name, String pointer)
            throws UserFault {
        var fitted = new LinkedHashMap<String, Object>();
        for (var entry : members(value, name, pointer).entrySet()) {
            var key = String.valueOf(entry.getKey());
            var each = entry.getValue();
            if (each != null) {
                var type = type(model, key);
                fitted.put(key, type == null ? loose(each) : value(each, type, key, pointer + "/" + escape(key)));
            }
        }
        return fitted;
    }

    private static Map<?, ?> members(Object value, String name, String pointer) throws UserFault {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(name, "an object", pointer);
    }

    /** The type that a model's member has, or null if the model does not know it. */
    static @Nullable Type type(Class<?> model, String member) {
        FieldInfo field = ClassInfo.of(model).getFieldInfo(member);
        return field == null ? null : field.getGenericType();
    }

    private static Object loose(Object value) {
        var whole = Whole.numbers(value);
        return whole == null ? value : whole;
    }

    private static UserFault wrong(String name, String expected, String pointer) {
        return new UserFault("WrongType", "`" + name + "` must be " + expected, pointer);
    }

    /** One step of a JSON pointer (RFC 6901). */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
