package dev.outboard.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.api.http.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** docs/api.md, as the OpenAPI document and the code have it. */
final class ApiDocs {
    private final Document document;
    private final StringBuilder out = new StringBuilder();

    private ApiDocs(Document document) {
        this.document = document;
    }

    static String of(Document document) {
        var docs = new ApiDocs(document);
        docs.head();
        document.operations().forEach(docs::operation);
        docs.schemas();
        docs.problems();
        return docs.out.toString();
    }

    private void head() {
        line("# The API");
        line("");
        line("<!-- Generated from api/src/main/resources/dev/outboard/api/openapi.yaml and Code.java; OpenApiTest tells how. -->");
        line("");
        line(document.root().at("/info/description").asText());
        line("The document itself is served at `/openapi` (YAML) and `/openapi.json`.");
        line("");
        line("| | | |");
        line("|---|---|---|");
        document.operations()
                .forEach(o -> line("| `" + o.method() + "` | [`" + o.path() + "`](#" + anchor(o) + ") | "
                        + o.node().get("summary").asText() + " |"));
        line("");
        line("`HEAD` is answered wherever `GET` is; another method with 405 and `Allow`.");
    }

    private static String anchor(Document.Operation operation) {
        return operation.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private void operation(Document.Operation operation) {
        line("");
        line("## " + operation);
        line("");
        line(operation.node().get("summary").asText() + ".");
        if (operation.node().has("description")) {
            line("");
            line(operation.node().get("description").asText().strip());
        }
        parameters(operation);
        example(operation);
        line("");
        line("| status | |");
        line("|---|---|");
        operation.node().get("responses").properties().forEach(response -> {
            var resolved = document.resolve(response.getValue());
            var headers = new ArrayList<String>();
            resolved.path("headers").fieldNames().forEachRemaining(name -> headers.add("`" + name + "`"));
            line("| " + (response.getKey().equals("default") ? "other" : response.getKey()) + " | "
                    + cell(resolved.get("description").asText())
                    + (headers.isEmpty() ? "" : "; headers " + String.join(", ", headers)) + " |");
        });
    }

    private void parameters(Document.Operation operation) {
        if (operation.parameters().isEmpty()) {
            return;
        }
        line("");
        line("| parameter | in | |");
        line("|---|---|---|");
        operation.parameters()
                .forEach(p -> line("| `" + p.get("name").asText() + "` | " + p.get("in").asText() + " | "
                        + cell(p.path("description").asText("") + limits(p.path("schema"))) + " |"));
    }

    private String limits(JsonNode schema) {
        var node = document.resolve(schema);
        var items = document.resolve(node.path("items"));
        if (items.has("enum")) {
            return ": " + words(items.get("enum"));
        }
        return node.has("maximum")
                ? "from " + node.get("minimum") + " to " + node.get("maximum") + ", default " + node.get("default")
                : "";
    }

    /** The first example, as a command. */
    private void example(Document.Operation operation) {
        var examples = new Examples(document, operation).all();
        if (examples.isEmpty()) {
            return;
        }
        var example = examples.getFirst();
        line("");
        line("```sh");
        var command = new ArrayList<String>(List.of("curl -sS"));
        if (!operation.method().equals("GET")) {
            command.add("-X " + operation.method());
        }
        command.add("'http://127.0.0.1:8080" + example.path() + "'");
        for (int i = 0; i < example.headers().size(); i += 2) {
            command.add("-H '" + example.headers().get(i) + ": " + example.headers().get(i + 1) + "'");
        }
        if (!example.body().isMissingNode()) {
            command.add("-H 'Content-Type: application/json'");
            command.add("-d '" + example.body() + "'");
        }
        line(String.join(" \\\n     ", command));
        line("```");
        if (example.answer() != null) {
            line("");
            line("```" + (example.answer().isTextual() ? "" : "json"));
            line(example.answer().isTextual()
                    ? example.answer().asText().strip()
                    : example.answer().toPrettyString());
            line("```");
        }
    }

    private void schemas() {
        for (var name : List.of("Job", "JobPage", "TaskType", "CreateTaskRequest", "PluginJob", "PluginPoll",
                "Problem")) {
            var schema = document.root().at("/components/schemas/" + name);
            line("");
            line("## " + name);
            line("");
            if (schema.has("description")) {
                line(schema.get("description").asText().strip());
                line("");
            }
            line("| member | | |");
            line("|---|---|---|");
            var required = StreamSupport.stream(schema.path("required").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            members("", schema, required);
        }
        line("");
        line("### States");
        line("");
        line(document.root().at("/components/schemas/State/description").asText().strip());
    }

    private void members(String prefix, JsonNode schema, List<String> required) {
        schema.path("properties").properties().forEach(member -> {
            var name = prefix + member.getKey();
            var type = member.getValue();
            line("| `" + name + "` | " + (required.contains(member.getKey()) ? "always" : "") + " | " + cell(says(type))
                    + " |");
            var nested = type.has("items") ? type.get("items") : type;
            var all = new ArrayList<String>();
            nested.path("required").forEach(r -> all.add(r.asText()));
            members(name + (type.has("items") ? "[]." : "."), nested, all);
        });
    }

    private static String says(JsonNode type) {
        var text = type.path("description").asText("");
        var words = type.has("enum") ? words(type.get("enum")) : "";
        return text.isEmpty() ? words : words.isEmpty() ? text : words + ": " + text;
    }

    private static String words(JsonNode texts) {
        return String.join(", ", StreamSupport.stream(texts.spliterator(), false)
                .map(t -> "`" + t.asText() + "`")
                .toList());
    }

    private void problems() {
        line("");
        line("## Problem codes");
        line("");
        line("| code | status | retryable | | next |");
        line("|---|---|---|---|---|");
        Codes.all()
                .forEach(c -> line("| `" + c.code() + "` | " + c.status() + " | " + (c.retryable() ? "yes" : "no")
                        + " | " + c.title() + " | " + c.next() + " |"));
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
