package dev.outboard.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.util.List;

/** Sends answers. To a HEAD the headers alone, with the length that a GET would have. */
public final class Answer {
    /** For what is true of one moment. */
    public static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROBLEM = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.TYPE);
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header BY_CODING = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final byte[] NOTHING = new byte[0];

    private Answer() {}

    public static void json(ServerRequest req, ServerResponse res, int status, JsonNode body) {
        json(req, res, status, Entity.json(body));
    }

    /** JSON that may have been sent before. */
    public static void json(ServerRequest req, ServerResponse res, int status, Entity body) {
        send(req, res, status, JSON, body);
    }

    /** Sends headers alone, for a status that has no body. */
    public static void empty(ServerResponse res, int status) {
        res.status(Status.create(status));
        send(res, NOTHING);
    }

    /** Sends a body of another type. */
    public static void text(ServerRequest req, ServerResponse res, Header type, Entity body) {
        send(req, res, 200, type, body);
    }

    /** Sends the problem instead of whatever the handler was about. */
    public static void problem(ServerRequest req, ServerResponse res, Problem problem) {
        problem.headers().forEach((name, value) -> header(req, res, name, value));
        var after = problem.retryAfter();
        if (after != null) {
            res.header(HeaderNames.RETRY_AFTER, after);
        }
        send(req, res, problem.status(), PROBLEM, Entity.of(problem.json(req.path().absolute().rawPath())));
    }

    /** Sets a header of an answer, unless this version of HTTP forbids it. */
    static void header(ServerRequest req, ServerResponse res, String name, String value) {
        if (!name.equals(Problem.CONNECTION) || req.prologue().protocolVersion().startsWith("1")) {
            res.header(HeaderNames.create(name), value);
        }
    }

    private static void send(ServerRequest req, ServerResponse res, int status, Header type, Entity body) {
        res.status(Status.create(status)).header(type);
        var bytes = coded(req, res, body);
        if (req.prologue().method().equals(Method.HEAD)) {
            res.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            send(res, NOTHING);
        } else {
            send(res, bytes);
        }
    }

    /** As the client takes it. */
    private static byte[] coded(ServerRequest req, ServerResponse res, Entity body) {
        if (!body.worthCompressing()) {
            return body.plain();
        }
        res.headers().add(BY_CODING);
        var accepted = req.headers().find(HeaderNames.ACCEPT_ENCODING).map(Header::allValues).orElse(List.of());
        if (!AcceptEncoding.gzip(accepted)) {
            return body.plain();
        }
        res.header(GZIP);
        return body.gzip();
    }

    private static void send(ServerResponse res, byte[] bytes) {
        try {
            res.send(bytes);
        } catch (ServerConnectionException | UncheckedIOException e) {
            // whoever waited long may have left: nobody is there to be told, and nothing is wrong here
            throw new CloseConnectionException("the client went away before its answer", e);
        }
    }
}
