package dev.outboard.bench.overload;

import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Looks whether jobs have ended, each by a question of its own. */
final class Ends {
    private static final int CALLERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String SUCCEEDED = "\"state\":\"SUCCEEDED\"";

    private final int port;

    Ends(int port) {
        this.port = port;
    }

    /** Waits until the API counts no live job; false if that takes longer than the limit. */
    boolean await(Metrics metrics, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (metrics.jobs().live() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }

    /** What the jobs are at that have not SUCCEEDED. */
    List<String> missing(Collection<String> paths) {
        var left = new ConcurrentLinkedQueue<>(paths);
        var missing = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                threads.execute(() -> look(left, missing));
            }
        }
        return List.copyOf(missing);
    }

    private void look(Queue<String> left, Collection<String> missing) {
        try (var connection = new Connection(port)) {
            for (var path = left.poll(); path != null; path = left.poll()) {
                int status = connection.exchange(Connection.get(path));
                if (status != 200 || !connection.body().contains(SUCCEEDED)) {
                    missing.add(path + " is answered " + status + ": " + connection.body());
                }
            }
        } catch (IOException | BenchFailed e) {
            missing.add("a job cannot be asked for: " + e.getMessage());
        }
    }
}
