package dev.outboard.api.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One path and its methods. Helidon answers 404 for a method without a handler; here it is 405, HEAD is GET, and OPTIONS
 * tells what is allowed.
 */
public final class Route {
    private static final String OPTIONS = "OPTIONS";
    private final Map<String, Handler> handlers = new TreeMap<>();

    private Route() {}

    public static Route get(Handler handler) {
        return new Route().and("GET", handler).and("HEAD", handler);
    }

    public static Route post(Handler handler) {
        return new Route().and("POST", handler);
    }

    public static Route put(Handler handler) {
        return new Route().and("PUT", handler);
    }

    /** With one method more. */
    public Route and(String method, Handler handler) {
        handlers.put(method, handler);
        return this;
    }

    /** With all of another's methods. */
    public Route and(Route other) {
        handlers.putAll(other.handlers);
        return this;
    }

    /** Puts this route at a path, in Helidon's pattern language; of several that match, the first wins. */
    public void at(HttpRules rules, String path) {
        var methods = new TreeSet<>(handlers.keySet());
        methods.add(OPTIONS);
        var allowed = String.join(", ", methods);
        rules.any(path, (req, res) -> {
            var method = req.prologue().method().text();
            if (method.equals(OPTIONS)) {
                res.header(HeaderNames.ALLOW, allowed);
                Answer.empty(res, 204);
                return;
            }
            var handler = handlers.get(method);
            if (handler == null) {
                throw Code.METHOD_NOT_ALLOWED.says("allowed here: " + allowed).header("Allow", allowed).refused();
            }
            handler.handle(req, res);
        });
    }
}
