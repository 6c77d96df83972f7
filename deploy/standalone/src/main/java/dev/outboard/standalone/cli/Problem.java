package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered instead of success: an RFC 9457 problem, or whatever a proxy in between said.
 *
 * @param message the detail; of a foreign problem title and detail
 * @param violations one line each: pointer and detail
 * @param next the server's advice, or null
 * @param retryAfter when the server wants to be asked again, or null
 */
record Problem(int status, @Nullable String code, String message, List<String> violations, @Nullable String next,
        @Nullable Duration retryAfter) {
    private static final int MAX_FOREIGN = 200;

    static Problem of(int status, byte[] body, @Nullable Duration retryAfter) {
        var json = Json.parseLeniently(body);
        if (!json.isObject()) {
            return new Problem(status, null, "HTTP " + status + foreign(body), List.of(), null, retryAfter);
        }
        var message = message(status, json);
        var violations = new ArrayList<String>();
        json.path("violations").forEach(violation -> violations.add(line(violation)));
        // of a single one the detail is often made
        violations.removeIf(line -> line.replaceFirst(": ", " ").equals(message) || line.endsWith(": " + message));
        return new Problem(status, Json.text(json, "code"), message, List.copyOf(violations),
                Json.text(json, "next"), retryAfter);
    }

    /** Whether the same request may do better later. */
    boolean passing() {
        return switch (status) {
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private static String message(int status, JsonNode json) {
        var title = Json.text(json, "title");
        var detail = Json.text(json, "detail");
        if (title == null || detail == null) {
            return title != null ? title : detail != null ? detail : "HTTP " + status;
        }
        if (json.has("code")) {
            return detail; // ours: the title says the same with fewer words, and the code stands beside
        }
        return detail.startsWith(title) ? detail : title + ": " + detail;
    }

    private static String line(JsonNode violation) {
        var pointer = Json.text(violation, "pointer");
        var detail = Objects.requireNonNullElse(Json.text(violation, "detail"), "not accepted");
        return pointer == null ? detail : pointer + ": " + detail;
    }

    private static String foreign(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, MAX_FOREIGN), StandardCharsets.UTF_8);
        var line = Json.oneLine(text);
        return line.isEmpty() ? "" : ": " + line;
    }
}
