package dev.outboard.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as told, in the order told, and keeps the last answer for further requests; a path may have answers of its own. */
public final class FakeServer implements AutoCloseable {
    /** An answer in the making. */
    @FunctionalInterface
    public interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** What came in; {@code headers} by lower-case name. */
    public record Request(String line, Map<String, String> headers, String body) {
        /** Null where there is none. */
        public String header(String name) {
            return headers.get(name.toLowerCase());
        }

        /** The idempotency key. */
        public String key() {
            return header("Idempotency-Key");
        }
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();

    private final ConcurrentLinkedDeque<Reply> replies = new ConcurrentLinkedDeque<>();
    private final Map<String, ConcurrentLinkedDeque<Reply>> byPath = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;

    public FakeServer() throws IOException {
        this(0);
    }

    public FakeServer(int port) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    public FakeServer then(int status, String body, String... headers) {
        return then(answer(status, body, headers));
    }

    public FakeServer then(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** For requests to exactly this path and query alone. */
    public FakeServer on(String path, Reply reply) {
        byPath.computeIfAbsent(path, _ -> new ConcurrentLinkedDeque<>()).add(reply);
        return this;
    }

    /** Takes the next request and closes the connection without an answer. */
    public FakeServer thenDrops() {
        return then(_ -> {
        });
    }

    public static Reply answer(int status, String body, String... headers) {
        return exchange -> {
            head(exchange, headers);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 304 || status == 204 ? -1 : bytes.length);
            exchange.getResponseBody().write(status == 304 || status == 204 ? new byte[0] : bytes);
        };
    }

    /** Says that more will come than does. */
    public static Reply truncated(int status, String body) {
        return exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length + 100);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Events, then the end of the stream. */
    public static Reply events(String... blocks) {
        return exchange -> {
            head(exchange, "Content-Type", "text/event-stream;charset=UTF-8");
            exchange.sendResponseHeaders(200, 0);
            write(exchange, blocks);
            exchange.getResponseBody().close();
        };
    }

    /** Events, then the connection is lost where a block has just begun. */
    public static Reply cutEvents(String... blocks) {
        return exchange -> {
            head(exchange, "Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            write(exchange, blocks);
        };
    }

    /** Events, then nothing more until the latch is open. */
    public static Reply eventsUntil(CountDownLatch latch, String... blocks) {
        return exchange -> {
            cutEvents(blocks).to(exchange);
            latch.await();
        };
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private static void head(HttpExchange exchange, String... headers) {
        for (var i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
    }

    private static void write(HttpExchange exchange, String... blocks) throws IOException {
        for (var block : blocks) {
            exchange.getResponseBody().write(block.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = new ConcurrentHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(), String.join(", ", values)));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
        try {
            next(byPath.getOrDefault(exchange.getRequestURI().toString(), replies)).to(exchange);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static Reply next(ConcurrentLinkedDeque<Reply> queue) {
        synchronized (queue) {
            return queue.size() > 1 ? queue.poll() : queue.peek();
        }
    }
}
