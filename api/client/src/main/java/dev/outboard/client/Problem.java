package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered instead of success: an RFC 9457 problem, or whatever a proxy in between said.
 *
 * @param status of HTTP
 * @param code Outboard's name for the kind of problem, such as {@code unknown-job}; null if the problem is foreign
 * @param detail one or more sentences for a person
 * @param violations what is wrong where, may be empty
 * @param next the server's advice, or null
 * @param retryable whether the same request may do better later
 * @param retryAfter when the server wants to be asked again, or null
 */
public record Problem(int status, @Nullable String code, String detail, List<Violation> violations,
        @Nullable String next,
        boolean retryable, @Nullable Duration retryAfter) {
    private static final int MAX_FOREIGN = 200;

    /**
     * @param pointer a JSON pointer into the request, or null
     */
    public record Violation(@Nullable String pointer, String detail) {
        static Violation of(JsonNode json) {
            return new Violation(Json.text(json, "pointer"),
                    Objects.requireNonNullElse(Json.text(json, "detail"), "not accepted"));
        }
    }

    static Problem of(int status, byte[] body, @Nullable Duration retryAfter) {
        var json = Json.parse(body);
        var detail = json.isObject() ? detail(status, json) : "HTTP " + status + foreign(body);
        var violations = StreamSupport.stream(json.path("violations").spliterator(), false).map(Violation::of).toList();
        return new Problem(status, Json.text(json, "code"), detail, violations, Json.text(json, "next"),
                passing(status) && json.path("retryable").asBoolean(true), retryAfter);
    }

    private static boolean passing(int status) {
        return switch (status) {
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private static String detail(int status, JsonNode json) {
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

    private static String foreign(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, MAX_FOREIGN), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text;
    }
}
