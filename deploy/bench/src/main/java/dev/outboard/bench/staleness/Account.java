package dev.outboard.bench.staleness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulated account's door: a few requests over HTTP, lines of text, 429 beyond its limit. Any thread. */
final class Account implements AutoCloseable {
    /** By what time, the platform's, an answer is complete. */
    static final String AS_OF = "As-Of";

    private final Ledger ledger;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile @Nullable RateLimit limit;

    Account(Ledger ledger) throws IOException {
        this.ledger = ledger;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on. */
    void limit(double perSecond) {
        limit = new RateLimit(perSecond);
    }

    /** All that came, also what was refused. */
    long requests() {
        return requests.sum();
    }

    long refused() {
        return refused.sum();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.increment();
            var bound = limit;
            if (bound != null && !bound.take()) {
                refused.increment();
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
                return;
            }
            exchange.getResponseHeaders().set(AS_OF, Long.toString(ledger.now()));
            var body = String.join("\n", answer(exchange)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private List<String> answer(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        var query = query(exchange.getRequestURI().getQuery());
        if (path.equals("/changes")) {
            return ledger.changes(number(query, "since"), (int) number(query, "skip"));
        }
        if (path.equals("/jobs")) {
            return exchange.getRequestMethod().equals("POST")
                    ? List.of(Long.toString(
                            ledger.create(query.getOrDefault("key", ""), query.getOrDefault("job", ""))))
                    : ledger.list(number(query, "before"));
        }
        long number = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        if (exchange.getRequestMethod().equals("DELETE")) {
            ledger.end(number, "CANCELLED");
        }
        var line = ledger.line(number);
        return line == null ? List.of() : List.of(line);
    }

    private static long number(Map<String, String> query, String name) {
        return Long.parseLong(query.getOrDefault(name, "0"));
    }

    private static Map<String, String> query(@Nullable String text) {
        return text == null
                ? Map.of()
                : Arrays.stream(text.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
