package dev.outboard.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends answers. To a HEAD the headers alone, with the length that a GET would have. */
public final class Answer {
    private Answer() {}

    public static void json(ServerRequest req, ServerResponse res, int status, JsonNode body) {
        send(req, res, status, "application/json", Json.bytes(body));
    }

    /** Sends the problem instead of whatever the handler was about. */
    public static void problem(ServerRequest req, ServerResponse res, Problem problem) {
        problem.headers().forEach((name, value) -> header(req, res, name, value));
        var after = problem.retryAfter();
        if (after != null) {
            res.header(HeaderNames.RETRY_AFTER, after);
        }
        send(req, res, problem.status(), Problem.TYPE, problem.json(req.path().absolute().rawPath()));
    }

    /** Sets a header of an answer, unless this version of HTTP forbids it. */
    static void header(ServerRequest req, ServerResponse res, String name, String value) {
        if (!name.equals(Problem.CONNECTION) || req.prologue().protocolVersion().startsWith("1")) {
            res.header(HeaderNames.create(name), value);
        }
    }

    private static void send(ServerRequest req, ServerResponse res, int status, String type, byte[] body) {
        res.status(Status.create(status)).header(HeaderNames.CONTENT_TYPE, type);
        if (req.prologue().method().equals(Method.HEAD)) {
            res.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length)).send(new byte[0]);
        } else {
            res.send(body);
        }
    }
}
