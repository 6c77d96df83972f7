package dev.outboard.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** JSON as it is answered. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A new object; its members are written in the order in which they are put. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The tree of a text that some other library wrote. */
    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /** The tree of maps, lists and plain values. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** UTF-8, ending with a newline for terminals. */
    public static byte[] bytes(JsonNode node) {
        try {
            var json = MAPPER.writeValueAsBytes(node);
            var line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
