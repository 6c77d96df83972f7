package dev.outboard.bench.overload;

import dev.outboard.bench.BenchConnector;
import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import java.io.IOException;
import java.util.regex.Pattern;

/** How many jobs the API remembers, by what it says at {@code /metrics}. Used by one thread. */
final class Metrics implements AutoCloseable {
    private static final byte[] REQUEST = Connection.get("/metrics");
    private static final Pattern JOBS = Pattern.compile("(?m)^outboard_jobs\\{([^}]*)} (\\S+)");
    private static final String OURS = "task_type=\"" + BenchConnector.TASK_TYPE + "\"";
    private static final Pattern ENDED = Pattern.compile("state=\"(SUCCEEDED|FAILED|CANCELLED)\"");

    private final Connection connection;

    Metrics(int port) {
        connection = new Connection(port);
    }

    /** Jobs that have ended, and those that have not. */
    record Count(long ended, long live) {}

    Count jobs() throws IOException {
        int status = connection.exchange(REQUEST);
        if (status != 200) {
            throw new BenchFailed("the API's metrics are answered " + status);
        }
        long ended = 0;
        long live = 0;
        var line = JOBS.matcher(connection.body());
        while (line.find()) {
            if (line.group(1).contains(OURS)) {
                long count = (long) Double.parseDouble(line.group(2));
                if (ENDED.matcher(line.group(1)).find()) {
                    ended += count;
                } else {
                    live += count;
                }
            }
        }
        return new Count(ended, live);
    }

    @Override
    public void close() {
        connection.close();
    }
}
