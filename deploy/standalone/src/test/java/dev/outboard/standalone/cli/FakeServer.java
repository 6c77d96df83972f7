package dev.outboard.standalone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as told, in the order told, and keeps the last answer for further requests. */
final class FakeServer implements AutoCloseable {
    /** What came in; {@code key} is the idempotency key or null. */
    record Request(String line, String key, String type, String body) {}

    private record Reply(int status, String body, Map<String, String> headers, boolean drop) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();

    private final ConcurrentLinkedDeque<Reply> replies = new ConcurrentLinkedDeque<>();
    private final HttpServer http;

    FakeServer() throws IOException {
        this(0);
    }

    FakeServer(int port) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    FakeServer then(int status, String body, String... headers) {
        var map = new HashMap<String, String>();
        for (var i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        replies.add(new Reply(status, body, map, false));
        return this;
    }

    /** Takes the next request and closes the connection without an answer. */
    FakeServer thenDrops() {
        replies.add(new Reply(0, "", Map.of(), true));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return http.getAddress().getPort();
    }

    List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var reply = replies.size() > 1 ? replies.poll() : replies.peek();
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                headers.getFirst("Idempotency-Key"), headers.getFirst("Content-Type"), body));
        if (!reply.drop()) {
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
