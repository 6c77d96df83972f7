package dev.outboard.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.decode.Undecodable;
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
 * @param retryable true if a program may repeat the same request without thinking
 * @param more further members, by name
 * @param headers to be sent with it, by name
 */
public record Problem(int status, Code code, String detail, List<Violation> violations, String next, boolean retryable,
        Map<String, String> more, Map<String, String> headers) {
    /** The media type. */
    public static final String TYPE = "application/problem+json";
    /** The one header that HTTP/2 does not have. */
    static final String CONNECTION = "Connection";
    private static final int LONGEST = 1000;

    static Problem of(Code code, String detail) {
        return new Problem(code.status(), code, detail, List.of(), code.next(), code.retryable(), Map.of(), Map.of());
    }

    /** What the doors say to a body that is no create call. */
    public static Problem of(Undecodable body) {
        var code = switch (body.kind()) {
            case MALFORMED -> Code.MALFORMED_JSON;
            case INVALID -> Code.INVALID_REQUEST;
            case SECRET -> Code.SECRET_VALUE;
            case TOO_LARGE -> Code.BODY_TOO_LARGE;
        };
        return of(code, body.why()).at(body.violations());
    }

    /** With what is wrong where. */
    public Problem at(List<Violation> wrong) {
        return new Problem(status, code, detail, wrong, next, retryable, more, headers);
    }

    /** With what is wrong at one place. */
    public Problem at(String pointer) {
        return at(List.of(new Violation(pointer, detail)));
    }

    /** With another advice. */
    public Problem next(String advice) {
        return new Problem(status, code, detail, violations, advice, retryable, more, headers);
    }

    /** Not to be repeated blindly: that might do something twice. */
    public Problem notRetryable() {
        return new Problem(status, code, detail, violations, next, false, more, headers);
    }

    /** With one further member. */
    public Problem with(String member, String value) {
        return new Problem(status, code, detail, violations, next, retryable, Map.of(member, value), headers);
    }

    /** With one further header. */
    public Problem header(String name, String value) {
        return new Problem(status, code, detail, violations, next, retryable, more, Map.of(name, value));
    }

    /** Ending the connection. */
    Problem closing() {
        return header(CONNECTION, "close");
    }

    /** To be thrown. */
    public Refused refused() {
        return new Refused(this);
    }

    Problem status(int other) {
        return new Problem(other, code, detail, violations, next, retryable, more, headers);
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
        node.put("code", code.text()).put("retryable", retryable);
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
