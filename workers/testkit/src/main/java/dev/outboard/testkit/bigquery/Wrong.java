package dev.outboard.testkit.bigquery;

import dev.outboard.testkit.sim.Reply;
import java.util.List;
import java.util.Map;

/** A request that is refused, in the shape that Google's interfaces have in common. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    Wrong(int status, String reason, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    static Wrong invalid(String message) {
        return new Wrong(400, "invalid", message);
    }

    static Wrong notFound(String what) {
        return new Wrong(404, "notFound", "Not found: " + what);
    }

    Reply reply() {
        return reply(status, reason, String.valueOf(getMessage()));
    }

    static Reply reply(int status, String reason, String message) {
        var error = Map.of("message", message, "domain", "global", "reason", reason);
        return Reply.json(status, Map.of("error",
                Map.of("code", status, "message", message, "errors", List.of(error), "status", name(status))));
    }

    /** Google's own name for a status. */
    private static String name(int status) {
        return switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ALREADY_EXISTS";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "INTERNAL";
        };
    }
}
