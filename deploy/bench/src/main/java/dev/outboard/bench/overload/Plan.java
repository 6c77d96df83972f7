package dev.outboard.bench.overload;

import dev.outboard.bench.BenchConnector;
import dev.outboard.bench.Jobs;
import java.time.Duration;

/**
 * How much is offered, and to whom.
 *
 * @param length of the overload, at least a second
 * @param call time of a create at the worker's platform, from 1 ms to 30 s; a worker has 256 under way
 * @param times the creates offered are so many times what the worker takes, at least 1
 * @param heap of API and worker each, in MiB, at least 64
 * @param maxUntaken the API's {@code --max-untaken}
 * @param maxLive the worker's {@code --max-live}
 * @param partitions of each topic
 */
record Plan(Duration length, Duration call, int times, int heap, int maxUntaken, int maxLive, int partitions) {
    Plan {
        require(length.compareTo(Duration.ofSeconds(1)) >= 0, "--for must be a second or more, not " + length);
        require(call.toMillis() >= 1 && call.compareTo(Duration.ofSeconds(30)) <= 0,
                "--call must be from 1 ms to 30 s, not " + call);
        require(times >= 1, "--times must be 1 or more, not " + times);
        require(heap >= 64, "--heap must be 64 or more, not " + heap);
        require(maxUntaken >= 1, "--max-untaken must be 1 or more, not " + maxUntaken);
        require(maxLive >= 1, "--max-live must be 1 or more, not " + maxLive);
        require(partitions >= 1 && partitions <= 1024, "--partitions must be from 1 to 1024, not " + partitions);
    }

    /** The create of a job of such a platform. */
    byte[] create() {
        return Jobs.request(BenchConnector.SLOW + call.toMillis());
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
