package dev.outboard.bench.staleness;

import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import dev.outboard.bench.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The measured API, over connections that are used again. Any thread. */
final class Api {
    private static final byte[] CREATE = Connection.request("POST", Jobs.PATH, "Content-Type: application/json\r\n",
            """
                    {"template": {"id": {"resource_type": "TASK", "project": "demo", "domain": "development",
                      "name": "crowd", "version": "v1"}, "type": "paging"}}""".getBytes(StandardCharsets.UTF_8));

    private final int port;
    private final Deque<Connection> free = new ArrayDeque<>();

    Api(int port) {
        this.port = port;
    }

    void create() throws IOException {
        exchange(CREATE, Jobs.CREATED);
    }

    void cancel(String jobId) throws IOException {
        exchange(Connection.request("DELETE", Jobs.PATH + "/" + jobId, "", new byte[0]), 202);
    }

    /** Jobs in this state, as the API counts them. */
    long count(String state) throws IOException {
        var line = "outboard_jobs\\{[^}]*state=\"" + state + "\"[^}]*} (\\S+)";
        var told = Pattern.compile(line).matcher(exchange(Connection.get("/metrics"), 200));
        return told.find() ? (long) Double.parseDouble(told.group(1)) : 0;
    }

    /** Waits until the API shows this of a job; false if it does not in so long. */
    boolean shows(String jobId, String text, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        var headers = "";
        while (System.nanoTime() < deadline) {
            var connection = take();
            int status = connection.exchange(Connection.request("GET", Jobs.PATH + "/" + jobId, headers, new byte[0]));
            if (status != 200 && status != 304) {
                throw new BenchFailed("job " + jobId + " is answered " + status + ": " + connection.body());
            }
            boolean shown = status == 200 && connection.body().contains(text);
            headers = "Prefer: wait=20\r\n"
                    + connection.header("ETag").map(tag -> "If-None-Match: " + tag + "\r\n").orElse("");
            give(connection);
            if (shown) {
                return true;
            }
        }
        return false;
    }

    private String exchange(byte[] request, int expected) throws IOException {
        var connection = take();
        int status = connection.exchange(request);
        var body = connection.body();
        if (status != expected) {
            throw new BenchFailed("answered " + status + " instead of " + expected + ": " + body);
        }
        give(connection);
        return body;
    }

    private Connection take() {
        var known = poll();
        return known == null ? new Connection(port) : known;
    }

    private synchronized @Nullable Connection poll() {
        return free.poll();
    }

    private synchronized void give(Connection connection) {
        free.push(connection);
    }
}
