package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.outboard.support.UserFault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs as named parameters of the query, each of the type that flytekit gives it; a datetime is one in UTC. */
final class Inputs {
    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS")
            .withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Map<String, String> DECLARED = Map.of("integer", "INT64", "float", "FLOAT64", "string",
            "STRING", "enum", "STRING", "boolean", "BOOL", "datetime", "DATETIME", "binary", "BYTES");

    private Inputs() {}

    /**
     * @param types declared ones, as {@code TaskTemplate.inputTypes}
     * @throws UserFault {@code UnsupportedInput}
     */
    static List<QueryParameter> parameters(Map<String, @Nullable Object> inputs, Map<String, String> types)
            throws UserFault {
        var parameters = new ArrayList<QueryParameter>();
        for (var input : inputs.entrySet()) {
            var parameter = new QueryParameter().setName(input.getKey());
            var declared = types.getOrDefault(input.getKey(), "");
            fill(parameter, input.getValue(), declared, "/inputs/" + Fitted.escape(input.getKey()), input.getKey());
            parameters.add(parameter);
        }
        return parameters;
    }

    private static void fill(QueryParameter parameter, @Nullable Object value, String declared, String pointer,
            String name) throws UserFault {
        if (value instanceof List<?> list || value == null && declared.startsWith("[")) {
            var inner = declared.startsWith("[") ? declared.substring(1, declared.length() - 1) : "";
            array(parameter, value instanceof List<?> all ? all : null, inner, pointer, name);
            return;
        }
        var type = type(value, declared, pointer, name);
        parameter.setParameterType(new QueryParameterType().setType(type));
        parameter.setParameterValue(scalar(value, type, pointer, name));
    }

    private static void array(QueryParameter parameter, @Nullable List<?> list, String declared, String pointer,
            String name) throws UserFault {
        String common = list == null || list.isEmpty() ? type(null, declared, pointer, name) : null;
        var elements = list == null ? List.of() : list;
        for (var element : elements) {
            if (element == null || element instanceof List<?>) {
                throw unsupported(name, "an array in BigQuery has neither NULLs nor arrays in it", pointer);
            }
            common = common(common, type(element, declared, pointer, name), pointer, name);
        }
        var values = new ArrayList<QueryParameterValue>();
        for (var element : elements) {
            values.add(scalar(element, String.valueOf(common), pointer, name));
        }
        parameter.setParameterType(new QueryParameterType().setType("ARRAY")
                .setArrayType(new QueryParameterType().setType(common)));
        parameter.setParameterValue(new QueryParameterValue().setArrayValues(list == null ? null : values));
    }

    private static String common(@Nullable String a, String b, String pointer, String name) throws UserFault {
        if (a == null || a.equals(b)) {
            return b;
        }
        if (a.endsWith("64") && b.endsWith("64")) {
            return "FLOAT64";
        }
        throw unsupported(name, "its elements are of several types", pointer);
    }

    private static String type(@Nullable Object value, String declared, String pointer, String name) throws UserFault {
        return switch (value) {
            case Long _ -> declared.equals("float") ? "FLOAT64" : "INT64";
            case Double _ -> "FLOAT64";
            case String _ -> "STRING";
            case Boolean _ -> "BOOL";
            case byte[] _ -> "BYTES";
            case Instant time -> {
                if (time.isBefore(FIRST) || !time.isBefore(END)) {
                    throw unsupported(name, "BigQuery knows the years 1 to 9999 alone", pointer);
                }
                yield "DATETIME";
            }
            case null -> {
                var type = DECLARED.get(declared);
                if (type == null) {
                    throw unsupported(name, "it is null or empty, and its declared type does not tell BigQuery of what"
                            + " type", pointer);
                }
                yield type;
            }
            default -> throw unsupported(name, "BigQuery has no parameter for a " + value.getClass().getSimpleName()
                    + "; pass numbers, strings, booleans, bytes, datetimes, or lists of these", pointer);
        };
    }

    private static QueryParameterValue scalar(@Nullable Object value, String type, String pointer, String name)
            throws UserFault {
        return new QueryParameterValue().setValue(switch (value) {
            case null -> null;
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case Instant time -> DATETIME.format(time);
            default -> String.valueOf(value);
        });
    }

    private static UserFault unsupported(String name, String why, String pointer) {
        return new UserFault("UnsupportedInput", "the input `" + name + "` cannot be given to BigQuery: " + why,
                pointer);
    }
}
