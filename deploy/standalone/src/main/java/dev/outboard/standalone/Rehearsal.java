package dev.outboard.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outboard.standalone.cli.Surroundings;
import dev.outboard.standalone.cli.show.Terminal;
import dev.outboard.standalone.log.LogSetup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the client verbs once against a server that only plays one, so that the JVM can note what they load: the script
 * {@code outboard} makes an AOT cache of that, with which a verb starts in about half the time.
 */
final class Rehearsal {
    private static final String ID = "jaeaqcaibaeaqcaibaeaqcaibae";
    private static final String JOB = """
            {"id": "%s", "task_type": "duckdb", "task_type_version": 0, "state": "%%s", "phase": "QUEUED",\
             "attempt": 1, "max_attempts": 3, "progress": 1.0, "position": "s0.1", "rev": 4, "incarnation": 1,\
             "created_at": "2026-11-20T08:00:00Z", "updated_at": "2026-11-20T08:00:01Z",\
             "started_at": "2026-11-20T08:00:00Z", "ended_at": "2026-11-20T08:00:01Z",\
             "history": [{"state": "QUEUED", "attempt": 1, "at": "2026-11-20T08:00:00Z"}],\
             "conditions": [{"type": "Throttled", "reason": "r", "message": "m", "since": "2026-11-20T08:00:00Z"}],\
             "log_links": [{"name": "Console", "uri": "https://platform.example/1"}],\
             "outputs": {"answer": {"scalar": {"primitive": {"integer": "42"}}}}}""".formatted(ID);
    private static final String ENDED = JOB.formatted("SUCCEEDED");
    private static final String TYPES = """
            {"task_types": [{"task_type": "duckdb", "versions": [0], "connector": {"name": "DuckDB", "version": "1"},
                             "guarantee": "NONE", "served": true, "partitions": 8}]}""";
    private static final String EVENTS = "retry: 2000\n\nid: s0.1\nevent: job\ndata: " + ENDED
            + "\n\nid: s0.1\nevent: end\ndata: {\"id\": \"" + ID + "\", \"state\": \"SUCCEEDED\"}\n\n";
    private static final List<List<String>> VERBS = List.of(List.of("run", "-f", "-"), List.of("create", "-f", "-"),
            List.of("get", ID), List.of("get", ID, "-o", "json"), List.of("get", ID, "-w"), List.of("describe", ID),
            List.of("list"), List.of("list", "-o", "wide"), List.of("wait", ID), List.of("cancel", ID),
            List.of("resolve", ID, "--never-created"), List.of("deadletter", "replay", "duckdb.c3.17"),
            List.of("task-types"), List.of("--help"), List.of("completion", "bash"));

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        LogSetup.install();
        run();
    }

    /** The verbs, each with its exit code. */
    static Map<List<String>, Integer> run() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/jobs", Rehearsal::jobs);
        server.createContext("/api/v1/deadletters", exchange -> answer(exchange, "application/json", ENDED));
        server.createContext("/api/v1/task-types", exchange -> answer(exchange, "application/json", TYPES));
        server.start();
        var exits = new LinkedHashMap<List<String>, Integer>();
        try {
            VERBS.forEach(verb -> exits.put(verb, run(verb, server.getAddress().getPort())));
        } finally {
            server.stop(0);
        }
        return exits;
    }

    private static int run(List<String> verb, int port) {
        var environment = Map.of("OUTBOARD_SERVER", "http://127.0.0.1:" + port);
        var job = new ByteArrayInputStream("{\"template\": {\"type\": \"duckdb\"}}".getBytes(StandardCharsets.UTF_8));
        var nowhere = new PrintWriter(Writer.nullWriter());
        return Outboard.commandLine(nowhere, nowhere,
                new Surroundings(environment, InstantSource.system(), job, Terminal.detect("80", environment)))
                .execute(verb.toArray(String[]::new));
    }

    private static void jobs(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.endsWith("/events")) {
            answer(exchange, "text/event-stream", EVENTS);
        } else if (!path.endsWith("/jobs")) {
            answer(exchange, "application/json", ENDED);
        } else {
            boolean list = exchange.getRequestMethod().equals("GET");
            answer(exchange, "application/json",
                    list ? "{\"jobs\": [" + ENDED + "]}" : JOB.formatted("QUEUED"));
        }
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
