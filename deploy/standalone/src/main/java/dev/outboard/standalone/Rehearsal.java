package dev.outboard.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the client verbs once against a server that only plays one, so that the JVM can note what they load: the script
 * {@code outboard} makes an AOT cache of that, with which a verb starts in about half the time.
 */
final class Rehearsal {
    private static final String ID = "jaeaqcaibaeaqcaibaeaqcaibae";
    private static final String JOB = """
            {"id": "%s", "task_type": "duckdb", "task_type_version": 0, "state": "SUCCEEDED", "phase": "SUCCEEDED",
             "attempt": 1, "max_attempts": 3, "progress": 1.0, "position": "s0.1", "rev": 4, "incarnation": 1,
             "created_at": "2026-11-20T08:00:00Z", "updated_at": "2026-11-20T08:00:01Z",
             "started_at": "2026-11-20T08:00:00Z", "ended_at": "2026-11-20T08:00:01Z",
             "history": [{"state": "QUEUED", "attempt": 1, "at": "2026-11-20T08:00:00Z"}],
             "log_links": [{"name": "Console", "uri": "https://platform.example/1"}],
             "outputs": {"answer": {"scalar": {"primitive": {"integer": "42"}}}}}""".formatted(ID);
    private static final String TYPES = """
            {"task_types": [{"task_type": "duckdb", "versions": [0], "connector": {"name": "DuckDB", "version": "1"},
                             "guarantee": "NONE", "served": true, "partitions": 8}]}""";
    private static final List<List<String>> VERBS = List.of(List.of("get", ID), List.of("get", ID, "-o", "json"),
            List.of("cancel", ID), List.of("task-types"), List.of("--help"));

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        LogSetup.install();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/jobs", exchange -> answer(exchange, JOB));
        server.createContext("/api/v1/task-types", exchange -> answer(exchange, TYPES));
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        var nowhere = new PrintWriter(Writer.nullWriter());
        try {
            for (var verb : VERBS) {
                var words = new ArrayList<>(List.of("--server", url, "--patience", "0"));
                words.addAll(verb);
                Outboard.commandLine(nowhere, nowhere).execute(words.toArray(String[]::new));
            }
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
