package dev.outboard.bench.staleness;

import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a worker has done so far.
 *
 * @param jobs that batch polls told of, or said to be unchanged
 * @param rounds batch polls
 * @param turns of its lane
 * @param cpu time of all its threads
 */
record WorkerNumbers(double jobs, double rounds, double turns, Duration cpu) {
    static WorkerNumbers of(Fleet.Worker worker) throws IOException {
        try (var connection = new Connection(worker.ops())) {
            int status = connection.exchange(Connection.get("/metrics"));
            if (status != 200) {
                throw new BenchFailed("the worker's metrics are answered " + status);
            }
            var text = connection.body();
            return new WorkerNumbers(sum(text, "outboard_batch_jobs_total"), sum(text, "outboard_batch_seconds_count"),
                    sum(text, "outboard_lane_turn_seconds_count"),
                    worker.child().process().info().totalCpuDuration().orElse(Duration.ZERO));
        }
    }

    WorkerNumbers since(WorkerNumbers before) {
        return new WorkerNumbers(jobs - before.jobs, rounds - before.rounds, turns - before.turns,
                cpu.minus(before.cpu));
    }

    private static double sum(String text, String metric) {
        return Pattern.compile("(?m)^" + metric + "\\{[^}]*} (\\S+)")
                .matcher(text)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }
}
