package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Query parameters as DuckDB's literals, each cast to its declared type. */
final class Parameters {
    private Parameters() {}

    /** By name, in lower case: GoogleSQL does not tell case. */
    static Map<String, String> literals(JsonNode query) throws Failure {
        var literals = new HashMap<String, String>();
        for (var parameter : query.path("queryParameters")) {
            literals.put(parameter.path("name").asText().toLowerCase(Locale.ROOT),
                    literal(parameter.path("parameterType"), parameter.path("parameterValue")));
        }
        return literals;
    }

    private static String literal(JsonNode type, JsonNode value) throws Failure {
        var name = type.path("type").asText();
        if (name.equals("ARRAY")) {
            var elements = new ArrayList<String>();
            for (var element : value.path("arrayValues")) {
                elements.add(literal(type.path("arrayType"), element));
            }
            return "CAST([" + String.join(", ", elements) + "] AS " + sql(type.path("arrayType").path("type").asText())
                    + "[])";
        }
        var text = value.path("value");
        if (text.isMissingNode() || text.isNull()) {
            return "CAST(NULL AS " + sql(name) + ")";
        }
        var literal = Dialect.literal(text.asText());
        return name.equals("BYTES") ? "from_base64(" + literal + ")" : "CAST(" + literal + " AS " + sql(name) + ")";
    }

    private static String sql(String type) throws Failure {
        return switch (type) {
            case "INT64", "INTEGER" -> "BIGINT";
            case "FLOAT64", "FLOAT" -> "DOUBLE";
            case "STRING", "JSON" -> "VARCHAR";
            case "BOOL", "BOOLEAN" -> "BOOLEAN";
            case "BYTES" -> "BLOB";
            case "DATETIME" -> "TIMESTAMP";
            case "TIMESTAMP" -> "TIMESTAMPTZ";
            case "DATE" -> "DATE";
            case "TIME" -> "TIME";
            case "NUMERIC", "BIGNUMERIC" -> "DECIMAL(38,9)";
            default -> throw Failure.query("Invalid query parameter type: " + type);
        };
    }
}
