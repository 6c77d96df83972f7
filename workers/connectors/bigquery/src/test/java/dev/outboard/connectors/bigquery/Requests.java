package dev.outboard.connectors.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Requests as the worker makes them. */
final class Requests {
    static final String TYPE = "bigquery_query_job_task";
    static final String PROJECT = "flyte";
    static final String INSTALLATION = "Ab-Cd_01234567890123456";
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqr";

    private Requests() {}

    static String key(int number) {
        return DIGITS + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }

    static String fingerprint(char letter) {
        return String.valueOf(letter).repeat(52);
    }

    static CreateRequest request(String key, String sql) {
        return request(key, sql, Map.of("ProjectID", PROJECT), Map.of(), Map.of());
    }

    static CreateRequest request(String key, String sql, Map<String, Object> custom) {
        return request(key, sql, custom, Map.of(), Map.of());
    }

    static CreateRequest request(String key, String sql, Map<String, Object> custom, Map<String, Object> inputs,
            Map<String, String> types) {
        var template = new TaskTemplate("flytesnacks", "development", "sql.bigquery", TYPE, 0, sql, null, custom,
                Map.of(),
                types, Set.of("results"));
        return new CreateRequest(INSTALLATION, key, "j" + key.substring(26), fingerprint('f'), 1, template, inputs,
                null,
                Map.of("execution-id", "F5D2a1"), _ -> java.util.Optional.empty());
    }

    static CreateRequest with(CreateRequest r, SecretReader secrets) {
        return new CreateRequest(r.installation(), r.key(), r.jobId(), r.fingerprint(), r.attempt(), r.template(),
                r.inputs(), r.outputPrefix(), r.labels(), secrets);
    }

    static CreateRequest with(CreateRequest r, String fingerprint) {
        return new CreateRequest(r.installation(), r.key(), r.jobId(), fingerprint, r.attempt(), r.template(),
                r.inputs(), r.outputPrefix(), r.labels(), r.secrets());
    }

    static CreateRequest with(CreateRequest r, Map<String, String> labels) {
        return new CreateRequest(r.installation(), r.key(), r.jobId(), r.fingerprint(), r.attempt(), r.template(),
                r.inputs(), r.outputPrefix(), labels, r.secrets());
    }

    /** A file of the repository's examples, as the worker hands it over. */
    static CreateRequest example(String key, String name) throws IOException {
        var body = new ObjectMapper().readTree(Path.of("../../../examples", name).toFile());
        var template = body.path("template");
        var types = new TreeMap<String, String>();
        template.path("interface")
                .path("inputs")
                .path("variables")
                .properties()
                .forEach(input -> types
                        .put(input.getKey(),
                                input.getValue()
                                        .path("type")
                                        .path("simple")
                                        .asText()
                                        .toLowerCase(java.util.Locale.ROOT)));
        var outputs = new java.util.TreeSet<String>();
        template.path("interface").path("outputs").path("variables").fieldNames().forEachRemaining(outputs::add);
        var inputs = new TreeMap<String, Object>();
        body.path("inputs")
                .path("literals")
                .properties()
                .forEach(input -> inputs.put(input.getKey(),
                        input.getValue().path("scalar").path("primitive").path("integer").asLong()));
        var labels = new TreeMap<String, String>();
        body.path("task_execution_metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        @SuppressWarnings("unchecked")
        var custom = (Map<String, Object>) struct(template.path("custom"));
        return new CreateRequest(INSTALLATION, key, "j" + key.substring(26), fingerprint('e'), 1,
                new TaskTemplate("flytesnacks", "development", template.path("id").path("name").asText(),
                        template.path("type").asText(), 0, template.path("sql").path("statement").asText(null), null,
                        custom, Map.of(), types, outputs),
                inputs, body.path("output_prefix").asText(null), labels, _ -> java.util.Optional.empty());
    }

    /** As Flyte's Struct is read: every number a double. */
    private static Object struct(JsonNode node) {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(field -> map.put(field.getKey(), struct(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(each -> list.add(struct(each)));
            return list;
        }
        return node.isNumber()
                ? (Object) node.asDouble()
                : node.isBoolean()
                        ? (Object) node.asBoolean()
                        : node.isNull() ? null : node.asText();
    }
}
