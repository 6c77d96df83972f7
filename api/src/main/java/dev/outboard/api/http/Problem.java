package dev.outboard.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.decode.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param status of HTTP, 400 or more
 * @param detail for people; holds no secret
 * @param violations what is wrong where, may be empty
 * @param next one sentence: what to do now
 * @param more further members, by name
 * @param headers to be sent with it, by name
 * @param closes true if the connection is of no more use
 */
public record Problem(int status, Code code, String detail, List<Violation> violations, String next,
        Map<String, String> more, Map<String, String> headers, boolean closes) {
    /** The media type. */
    public static final String TYPE = "application/problem+json";
    private static final int LONGEST = 1000;

    static Problem of(Code code, String detail) {
        return new Problem(code.status(), code, detail, List.of(), code.next(), Map.of(), Map.of(), false);
    }

    /** With what is wrong where. */
    public Problem at(List<Violation> wrong) {
        return new Problem(status, code, detail, wrong, next, more, headers, closes);
    }

    /** With what is wrong at one place. */
    public Problem at(String pointer) {
        return at(List.of(new Violation(pointer, detail)));
    }

    /** With another advice. */
    public Problem next(String advice) {
        return new Problem(status, code, detail, violations, advice, more, headers, closes);
    }

    /** With one further member. */
    public Problem with(String member, String value) {
        return new Problem(status, code, detail, violations, next, Map.of(member, value), headers, closes);
    }

    /** With one further header. */
    public Problem header(String name, String value) {
        return new Problem(status, code, detail, violations, next, more, Map.of(name, value), closes);
    }

    /** Ending the connection. */
    Problem closing() {
        return new Problem(status, code, detail, violations, next, more, headers, true);
    }

    /** To be thrown. */
    public Refused refused() {
        return new Refused(this);
    }

    Problem status(int other) {
        return new Problem(other, code, detail, violations, next, more, headers, closes);
    }

    /** Seconds after which asking again makes sense, or null where it makes none. */
    @Nullable
    String retryAfter() {
        return status == 429 ? "10" : status == 503 ? "2" : null;
    }

    /**
     * The body.
     *
     * @param path of the request, may be empty; the plugin door's answers carry two members more, as the RFC has them
     */
    byte[] json(String path) {
        var node = Json.object()
                .put("type", "urn:outboard:problem:" + code.text())
                .put("title", code.title())
                .put("status", status)
                .put("detail", bounded(detail));
        if (!path.isEmpty() && path.length() <= LONGEST) {
            node.put("instance", path);
        }
        node.put("code", code.text()).put("retryable", code.retryable());
        if (!violations.isEmpty()) {
            var array = node.putArray("violations");
            violations.forEach(v -> array.addObject().put("pointer", v.pointer()).put("detail", bounded(v.detail())));
        }
        node.put("next", next);
        more.forEach(node::put);
        if (path.startsWith("/plugins/")) {
            plugin(node);
        }
        return Json.bytes(node);
    }

    private void plugin(ObjectNode node) {
        node.put("error_code", code.text()).put("message", bounded(detail));
    }

    /** Cut short; never between the halves of one character. */
    static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
