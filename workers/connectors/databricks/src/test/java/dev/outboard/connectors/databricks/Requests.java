package dev.outboard.connectors.databricks;

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
import java.util.Optional;
import java.util.Set;

/** Requests as a worker makes them: of the examples, or small ones. */
final class Requests {
    static final String KEY = "a".repeat(52);
    static final String JOB = "j" + "b".repeat(26);
    private static final Path EXAMPLES = Path.of("../../../examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Requests() {}

    static CreateRequest example(String file, SecretReader secrets) throws IOException {
        return request(KEY, JOB, "f", template(file), secrets);
    }

    /** Of a file of the project's examples. */
    static JsonNode template(String file) throws IOException {
        return JSON.readTree(EXAMPLES.resolve(file).toFile()).path("template");
    }

    /** Of a template as flytekit writes it; every number becomes a double, as in Flyte's Struct. */
    static CreateRequest request(String key, String jobId, String fingerprint, JsonNode template,
            SecretReader secrets) {
        return new CreateRequest("here", key, jobId, fingerprint, 1,
                new TaskTemplate("", "", template.at("/id/name").asText(""), "databricks", 0, null, container(template),
                        object(template.path("custom")), Map.of(), Map.of(), Set.of()),
                Map.of(), null, Map.of(), secrets);
    }

    static CreateRequest custom(String custom) throws IOException {
        return request(KEY, JOB, "f", JSON.createObjectNode().set("custom", JSON.readTree(custom)),
                _ -> Optional.empty());
    }

    private static TaskTemplate.Container container(JsonNode template) {
        var container = template.path("container");
        if (container.isMissingNode()) {
            return null;
        }
        var args = new ArrayList<String>();
        container.path("args").forEach(arg -> args.add(arg.asText()));
        var env = new LinkedHashMap<String, String>();
        container.path("env").forEach(pair -> env.put(pair.path("key").asText(), pair.path("value").asText()));
        return new TaskTemplate.Container(container.path("image").asText(), List.of(), args, env);
    }

    private static Map<String, Object> object(JsonNode node) {
        var map = new LinkedHashMap<String, Object>();
        node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> {
                var list = new ArrayList<>();
                node.forEach(each -> list.add(value(each)));
                yield list;
            }
            case NUMBER -> node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case NULL -> null;
            default -> node.asText();
        };
    }
}
