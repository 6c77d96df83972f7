package dev.outboard.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.outboard.api.ApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** openapi.yaml, and what it says of an exchange. */
public final class Document {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String URI = "https://outboard.dev/openapi";
    private static final SchemaValidatorsConfig FORMATS = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .build();
    private static final Document ONE = new Document();
    private final ObjectNode root;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final JsonSchemaFactory factory;

    /** An operation and its place. */
    record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Document() {
        try (var in = ApiServer.class.getResourceAsStream("openapi.yaml")) {
            var yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            root = MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
            var strict = strict().toString();
            factory = JsonSchemaFactory.getInstance(VersionFlag.V202012,
                    builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(URI, strict))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Document get() {
        return ONE;
    }

    JsonNode root() {
        return root;
    }

    /** The node, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        var found = node;
        while (found.has("$ref") && found.size() == 1) {
            found = root.at(found.get("$ref").asText().substring(1));
            assertTrue(found.isObject(), () -> "nothing is at " + node.get("$ref"));
        }
        return found;
    }

    List<Operation> operations() {
        var all = new ArrayList<Operation>();
        root.get("paths").properties().forEach(path -> path.getValue().properties().forEach(entry -> {
            if (List.of("get", "put", "post", "delete", "patch").contains(entry.getKey())) {
                var parameters = new ArrayList<JsonNode>();
                path.getValue().path("parameters").forEach(p -> parameters.add(resolve(p)));
                entry.getValue().path("parameters").forEach(p -> parameters.add(resolve(p)));
                all.add(new Operation(entry.getKey().toUpperCase(), path.getKey(), entry.getValue(), parameters));
            }
        }));
        return all;
    }

    /** The operation that serves this path, or null. Of several that match, the one with fewer variables. */
    Operation operation(String method, String path) {
        return operations().stream()
                .filter(o -> o.method().equals(method) && Pattern.matches(pattern(o.path()), path))
                .min((a, b) -> Integer.compare(a.path().split("\\{").length, b.path().split("\\{").length))
                .orElse(null);
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{[^}]+}", "[^/:]+").replace(".", "\\.");
    }

    /** Fails unless the document says that this may be answered. */
    public void check(String method, String path, int status, HttpHeaders headers, byte[] sent) {
        var body = decoded(headers, sent);
        var what = method + " " + path + " answered " + status;
        boolean head = method.equals("HEAD");
        var operation = operation(head ? "GET" : method, path);
        if (operation == null) {
            if (!method.equals("OPTIONS")) {
                valid(what, Map.of("$ref", "#/components/schemas/Problem"), body, head);
            }
            return;
        }
        var responses = operation.node().get("responses");
        var response = resolve(responses.has("" + status) ? responses.get("" + status) : responses.get("default"));
        assertTrue(responses.has("" + status) || List.of(401, 403, 404, 405, 414, 431, 500).contains(status),
                () -> what + ", which the document does not know");
        headers(what, response, headers);
        var content = response.path("content");
        var type = headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (content.isMissingNode()) {
            assertEquals(0, body.length, () -> what + " with a body");
        } else {
            assertTrue(content.has(type), () -> what + " with Content-Type " + type);
            if (type.endsWith("json")) {
                valid(what, content.get(type).get("schema"), body, head);
            }
        }
    }

    private static byte[] decoded(HttpHeaders headers, byte[] body) {
        if (body.length == 0 || !headers.firstValue("Content-Encoding").orElse("").equals("gzip")) {
            return body;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void headers(String what, JsonNode response, HttpHeaders headers) {
        response.path("headers").properties().forEach(header -> {
            var schema = resolve(header.getValue()).get("schema");
            headers.allValues(header.getKey())
                    .forEach(value -> assertEquals(List.of(), errors(schema, MAPPER.valueToTree(value)),
                            () -> what + " with header " + header.getKey() + ": " + value));
        });
        for (var ours : List.of("ETag", "Outboard-Position", "Preference-Applied", "Location",
                "Idempotency-Replayed")) {
            assertTrue(headers.firstValue(ours).isEmpty() || response.path("headers").has(ours),
                    () -> what + " with an undocumented header " + ours);
        }
    }

    private void valid(String what, Object schema, byte[] body, boolean head) {
        if (head) {
            assertEquals(0, body.length, () -> what + " with a body");
            return;
        }
        var text = new String(body, StandardCharsets.UTF_8);
        try {
            var errors = errors(MAPPER.valueToTree(schema), MAPPER.readTree(text));
            assertEquals(List.of(), errors, () -> what + ": " + text);
        } catch (IOException e) {
            throw new AssertionError(what + " with no JSON: " + text, e);
        }
    }

    /** What contradicts this schema; members that it does not name do. */
    List<String> errors(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::schema)
                .validate(value)
                .stream()
                .map(message -> message.toString())
                .toList();
    }

    private JsonSchema schema(JsonNode schema) {
        var own = (ObjectNode) schema.deepCopy();
        close(own);
        own.findParents("$ref").forEach(ref -> ((ObjectNode) ref).put("$ref", URI + ref.get("$ref").asText()));
        return factory.getSchema(own, FORMATS);
    }

    /** The schemas of answers, closed; what a caller may send is open. */
    private ObjectNode strict() {
        var document = MAPPER.createObjectNode();
        document.putObject("components").set("schemas", root.at("/components/schemas").deepCopy());
        document.at("/components/schemas").properties().forEach(named -> {
            if (!named.getKey().equals("CreateTaskRequest")) {
                close(named.getValue());
            }
        });
        return document;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Document::close);
    }
}
