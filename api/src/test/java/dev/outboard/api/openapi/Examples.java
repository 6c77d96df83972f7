package dev.outboard.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The examples of an operation. An example's request is what stands under its name in parameters and body, or the
 * parameter's single {@code example}; its answer stands under its name in one of the responses, or the response names it
 * in {@code x-examples}.
 */
record Examples(Document document, Document.Operation operation) {

    /** What to send and what must come back. */
    record Example(String name, String path, List<String> headers, JsonNode body, int status, JsonNode answer) {}

    List<Example> all() {
        var all = new ArrayList<Example>();
        operation.node().get("responses").properties().forEach(response -> {
            for (var answer : answers(document.resolve(response.getValue())).entrySet()) {
                all.add(example(answer.getKey(), Integer.parseInt(response.getKey()), answer.getValue()));
            }
        });
        return all;
    }

    /** Names under which the operation's own parameters and body have examples. */
    Set<String> asked() {
        var names = new LinkedHashSet<String>();
        operation.node().path("parameters").forEach(p -> names.addAll(names(p.path("examples"))));
        names.addAll(names(body()));
        return names;
    }

    private static Map<String, JsonNode> answers(JsonNode response) {
        var answers = new LinkedHashMap<String, JsonNode>();
        response.path("content")
                .forEach(content -> content.path("examples")
                        .properties()
                        .forEach(e -> answers.put(e.getKey(), e.getValue().get("value"))));
        response.path("x-examples").forEach(name -> answers.put(name.asText(), null));
        return answers;
    }

    private JsonNode body() {
        return operation.node().at("/requestBody/content/application~1json/examples");
    }

    private Example example(String name, int status, JsonNode answer) {
        var path = operation.path();
        var query = new ArrayList<String>();
        var headers = new ArrayList<String>();
        for (var parameter : operation.parameters()) {
            var value = parameter.path("examples").has(name)
                    ? parameter.path("examples").get(name).get("value")
                    : parameter.path("example");
            var key = parameter.get("name").asText();
            if (!value.isMissingNode()) {
                switch (parameter.get("in").asText()) {
                    case "path" -> path = path.replace("{" + key + "}", value.asText());
                    case "query" -> query.add(key + "=" + encoded(value));
                    default -> headers.addAll(List.of(key, value.asText()));
                }
            }
        }
        var whole = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new Example(name, whole, headers, body().path(name).path("value"), status, answer);
    }

    private static String encoded(JsonNode value) {
        var texts = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList()
                : List.of(value.asText());
        return URLEncoder.encode(String.join(",", texts), StandardCharsets.UTF_8);
    }

    private static Collection<String> names(JsonNode examples) {
        var names = new ArrayList<String>();
        examples.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
