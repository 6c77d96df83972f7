package dev.outboard.api.http;

import io.helidon.http.Header;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Refuses long paths and headers. The server itself reads more than this allows: it would close the connection on what
 * it has not read, and the client see a reset instead of the reason.
 */
public final class Sizes implements Filter {
    /** What the server reads of a request line and of a header block before it closes the connection, in bytes. */
    public static final int READ = 256 * 1024;
    private static final int PATH = 8 * 1024;
    private static final int HEADERS = 16 * 1024;

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        if (req.path().absolute().rawPath().length() + req.query().rawValue().length() > PATH) {
            throw Code.PATH_TOO_LONG.says("path and query have more than " + PATH + " characters").refused();
        }
        int length = 0;
        for (Header header : req.headers()) {
            length += header.name().length() + header.allValues().stream().mapToInt(String::length).sum();
        }
        if (length > HEADERS) {
            throw Code.HEADERS_TOO_LARGE.says("the headers have more than " + HEADERS + " characters").refused();
        }
        chain.proceed();
    }
}
