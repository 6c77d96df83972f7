package dev.outboard.testkit.databricks;

import dev.outboard.testkit.sim.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A request that is refused, in the shape that all of Databricks' interfaces have in common. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    Wrong(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Wrong parameter(String message) {
        return new Wrong(400, "INVALID_PARAMETER_VALUE", message);
    }

    /** Not a 404: Databricks says so with a 400. */
    static Wrong noRun(String id) {
        return parameter("Run " + id + " does not exist.");
    }

    Reply reply() {
        return reply(status, code, String.valueOf(getMessage()));
    }

    static Reply reply(int status, String code, String message) {
        var info = Map.of("@type", "type.googleapis.com/google.rpc.RequestInfo", "request_id",
                UUID.randomUUID().toString(), "serving_data", "");
        return Reply.json(status, Map.of("error_code", code, "message", message, "details", List.of(info)));
    }
}
