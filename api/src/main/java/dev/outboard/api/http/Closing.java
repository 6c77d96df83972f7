package dev.outboard.api.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Closes a connection after the answer that says so. After a request without a body Helidon 4.5.0 says it and goes on
 * reading, so that a client that waits for the end holds a file descriptor for minutes.
 */
public final class Closing implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        chain.proceed();
        if (res.headers().containsToken(HeaderValues.CONNECTION_CLOSE) && !req.content().hasEntity()
                && req.prologue().protocolVersion().startsWith("1")) {
            res.commit();
            throw new CloseConnectionException("closed, as the answer says");
        }
    }
}
