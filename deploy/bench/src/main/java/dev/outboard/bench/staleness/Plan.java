package dev.outboard.bench.staleness;

import java.time.Duration;

/**
 * How many jobs, and what is done to them.
 *
 * @param jobs that run at a time, at least 1
 * @param perSecond requests that the account allows
 * @param page jobs a page
 * @param length of the measurement, at least ten seconds
 * @param partitions of each topic
 */
record Plan(int jobs, double perSecond, int page, Duration length, int partitions) {
    /** Each second, beside the polls: as many creates as ends and cancels. */
    static final double CREATES = 1;
    static final double CANCELS = 0.2;
    static final double ENDS = CREATES - CANCELS;
    /** Changes that end nothing. */
    static final double STAGES = 3;

    Plan {
        require(jobs >= 1, "--jobs must be 1 or more, not " + jobs);
        require(perSecond >= 2 * (CREATES + CANCELS + ENDS),
                "--rate must be " + 2 * (CREATES + CANCELS + ENDS) + " or more, not " + perSecond);
        require(page >= 1, "--page must be 1 or more, not " + page);
        require(length.compareTo(Duration.ofSeconds(10)) >= 0, "--for must be ten seconds or more, not " + length);
        require(partitions >= 1 && partitions <= 1024, "--partitions must be from 1 to 1024, not " + partitions);
    }

    /** What a round for everything takes at best, in seconds. */
    double round() {
        return Math.ceil((double) jobs / page) / (perSecond - CREATES - CANCELS - ENDS);
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
