package dev.outboard.api.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Errors that arise before there is a route: a line that is no HTTP, a body that says it is too long. */
public final class BeforeRouting implements DirectHandler {
    private BeforeRouting() {}

    /** For the server's configuration. */
    public static DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, new BeforeRouting());
        }
        return handlers.build();
    }

    /** The message is dropped: it may repeat what came in. */
    @Override
    public TransportResponse handle(TransportRequest request, EventType type, Status status,
            ServerResponseHeaders headers, String message) {
        var problem = problem(request, status.code());
        headers.set(HeaderNames.CONTENT_TYPE, Problem.TYPE);
        var after = problem.retryAfter();
        if (after != null) {
            headers.set(HeaderNames.RETRY_AFTER, after);
        }
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(request.method().equals("HEAD") ? new byte[0] : problem.json(request.path()))
                .build();
    }

    private static Problem problem(TransportRequest request, int status) {
        if (status == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return Code.UNSUPPORTED_MEDIA_TYPE.says("the body is compressed; send it as it is");
        }
        var code = Code.of(status);
        return code.says(code == Code.BAD_REQUEST
                ? "request line, headers or framing of the body are not as HTTP has them"
                : code.title()).status(status);
    }
}
