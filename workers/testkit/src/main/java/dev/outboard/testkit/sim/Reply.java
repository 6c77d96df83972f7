package dev.outboard.testkit.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One answer. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param value what Jackson can write */
    public static Reply json(int status, Object value) {
        try {
            return new Reply(status, Map.of("Content-Type", "application/json; charset=UTF-8"),
                    JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Reply text(int status, String contentType, String text) {
        return new Reply(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a proxy on the way says of itself. */
    public static Reply html(int status) {
        return text(status, "text/html",
                "<html><head><title>Error " + status + "</title></head><body><h1>Bad Gateway</h1></body></html>");
    }

    public Reply with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, Map.copyOf(more), body);
    }
}
