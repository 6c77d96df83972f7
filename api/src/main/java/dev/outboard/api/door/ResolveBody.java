package dev.outboard.api.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.api.decode.JsonText;
import dev.outboard.api.decode.Undecodable;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Refused;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a resolve: one of {@code {"created": {"handle": …, "version": 1}}}, {@code {"never_created": true}} and
 * {@code {"failed": reason}}.
 *
 * @param attempt that the caller saw, or null for the one that is now
 */
record ResolveBody(Verdict verdict, @Nullable Integer attempt) {
    private static final int LONGEST = 1024;
    private static final String CREATED = "created";
    private static final String NEVER = "never_created";
    private static final String FAILED = "failed";
    private static final String ATTEMPT = "attempt";

    /** @throws Refused 400 for a body that says anything else */
    static ResolveBody of(byte[] body) {
        try {
            var root = JsonText.read(body);
            int attempts = root.has(ATTEMPT) ? 1 : 0;
            if (!root.isObject() || root.size() != 1 + attempts) {
                throw wrong("",
                        "the body is an object with one of created, never_created and failed, and perhaps attempt");
            }
            return new ResolveBody(verdict(root), attempts == 0
                    ? null
                    : number(root.path(ATTEMPT), "/attempt", "the attempt must be a number from 1 on"));
        } catch (Undecodable e) {
            throw Code.MALFORMED_JSON.says(e.why()).refused();
        }
    }

    private static Verdict verdict(JsonNode root) {
        if (root.has(CREATED)) {
            return new Verdict.Created(handle(root.path(CREATED)));
        }
        if (root.has(NEVER)) {
            if (!root.path(NEVER).isBoolean() || !root.path(NEVER).asBoolean()) {
                throw wrong("/never_created", "never_created can only be true");
            }
            return new Verdict.NeverCreated();
        }
        if (root.has(FAILED)) {
            return new Verdict.Failed(text(root.path(FAILED), "/failed", "the reason"));
        }
        throw wrong("", "the body has none of created, never_created and failed");
    }

    /** Whose it is, the task type tells. */
    private static Handle handle(JsonNode created) {
        if (!created.isObject() || !created.properties().stream().allMatch(p -> isOfHandle(p.getKey()))) {
            throw wrong("/created", "created is an object with handle, and perhaps its version");
        }
        int version = created.has("version")
                ? number(created.path("version"), "/created/version", "the version must be a number from 1 on")
                : 1;
        return new Handle("", "", version, text(created.path("handle"), "/created/handle", "the handle"));
    }

    private static boolean isOfHandle(String member) {
        return Set.of("handle", "version").contains(member);
    }

    private static int number(JsonNode node, String pointer, String otherwise) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
            throw wrong(pointer, otherwise);
        }
        return node.asInt();
    }

    private static String text(JsonNode node, String pointer, String what) {
        if (!node.isTextual() || node.asText().isBlank()) {
            throw wrong(pointer, what + " must be a string that says something");
        }
        if (node.asText().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw wrong(pointer, what + " has more than " + LONGEST + " bytes");
        }
        return node.asText();
    }

    private static Refused wrong(String pointer, String why) {
        return Code.INVALID_REQUEST.says(why).at(pointer).refused();
    }
}
