package dev.outboard.testkit.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, its body unpacked.
 *
 * @param path decoded, without the query
 * @param query every value of each parameter, in order
 * @param headers by name in lower case; the first value of each
 */
public record Request(String method, String path, Map<String, List<String>> query, Map<String, String> headers,
        byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The first value of a query parameter, or null. */
    public @Nullable String query(String name) {
        var values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; an empty object if there is none. */
    public JsonNode json() throws IOException {
        return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }

    /** True for this method and a path that matches the regular expression as a whole. */
    public boolean is(String method, String pathPattern) {
        return this.method.equals(method) && path.matches(pathPattern);
    }
}
