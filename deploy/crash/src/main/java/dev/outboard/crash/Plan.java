package dev.outboard.crash;

import dev.outboard.crash.cluster.Cluster;
import dev.outboard.crash.fault.Minimums;
import dev.outboard.spi.Guarantee;
import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param jobs at least 1
 * @param calm true if nothing is killed
 * @param clients at a time
 * @param limit after which nobody waits any longer
 */
record Plan(int jobs, long seed, Guarantee guarantee, boolean calm, int partitions, int clients, Duration limit) {
    Plan {
        if (jobs < 1 || jobs > 1_000_000) {
            throw new IllegalArgumentException("--jobs must be 1 to 1000000, is " + jobs);
        }
        if (partitions < 1 || partitions > 1024) {
            throw new IllegalArgumentException("--partitions must be 1 to 1024, is " + partitions);
        }
        if (clients < 1 || clients > 5000) {
            throw new IllegalArgumentException("--clients must be 1 to 5000, is " + clients);
        }
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("--limit must be more than zero, is " + limit);
        }
    }

    static int clients(int jobs) {
        return Math.clamp(jobs / 5, 8, 160);
    }

    /** Generous: it is for a run that hangs, not for one on a slow machine. */
    static Duration limit(int jobs, Guarantee guarantee) {
        // a doubtful create waits for its quarantine, perhaps twice
        boolean quarantine = guarantee == Guarantee.SEARCH || guarantee == Guarantee.TOKEN;
        return Duration.ofMinutes(quarantine ? 12 : 6).plusMillis(100L * jobs);
    }

    Minimums minimums() {
        return calm ? Minimums.none() : Minimums.forJobs(seed, jobs);
    }

    /** Of creates that were lost after their effect, and of cancels while SUBMITTING. */
    int leastHidden() {
        return guarantee == Guarantee.NONE ? 0 : jobs / 50;
    }

    int leastRepeats() {
        return jobs / 10;
    }

    Cluster.Setup setup() {
        return new Cluster.Setup(guarantee, seed, partitions);
    }

    /** The words that do the same again. */
    String command() {
        return "./outboard crash --jobs " + jobs + " --seed " + seed + " --guarantee " + guarantee
                + (calm ? " --calm" : "");
    }
}
