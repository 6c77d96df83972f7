package dev.outboard.api.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;

/**
 * Lets pages of other origins in, as the Fetch standard has it: those that are named, with every method and header of
 * ours, without credentials. A request without Origin is none of its business. Helidon's own answers every foreign
 * origin 403 with no body, the page behind a TLS proxy that is our own included, and no preflight that meets our 405.
 */
public final class Cors implements Filter {
    private static final Header METHODS = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
            "DELETE, GET, HEAD, POST, PUT");
    private static final Header TAKEN = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Outboard-Position, Prefer");
    private static final Header EXPOSED = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
            "ETag, Idempotency-Replayed, Location, Outboard-Position, Preference-Applied, Retry-After");
    private static final Header AN_HOUR = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "3600");
    private static final Header BY_ORIGIN = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final HeaderName ASKED = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
    private final Set<String> origins;

    /** @param origins as browsers write them, such as {@code https://console.example} */
    public Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        res.headers().add(BY_ORIGIN);
        var origin = req.headers().first(HeaderNames.ORIGIN).orElse("");
        boolean preflight = req.prologue().method().equals(Method.OPTIONS) && req.headers().contains(ASKED);
        if (origins.contains(origin)) {
            res.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if (preflight) {
                res.header(METHODS).header(TAKEN).header(AN_HOUR);
                Answer.empty(res, 204);
                return;
            }
            res.header(EXPOSED);
        } else if (preflight) {
            throw Code.FORBIDDEN.says("pages of this origin are not let in")
                    .next("Ask the operator to start the API with --cors-origin for the page's origin.")
                    .refused();
        }
        chain.proceed();
    }
}
