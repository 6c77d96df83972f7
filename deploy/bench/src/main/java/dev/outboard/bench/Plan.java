package dev.outboard.bench;

import dev.outboard.dispatcher.log.LogConfig;
import java.time.Duration;

/**
 * On what, and for how long, it is measured.
 *
 * @param partitions of each topic, from 1 to 1024
 * @param rounds in which the sides of a comparison take turns, at least 1
 * @param slice of one side in one round with many callers; one caller alone gets half of it, paced calls twice
 * @param idle how long a process does nothing before its memory is looked at
 */
record Plan(int partitions, int rounds, Duration slice, Duration idle) {
    static final Plan FULL = new Plan(LogConfig.DEFAULT_PARTITIONS, 5, Duration.ofMillis(1500), Duration.ofSeconds(60));
    static final Plan QUICK = new Plan(LogConfig.DEFAULT_PARTITIONS, 3, Duration.ofMillis(500), Duration.ofSeconds(15));

    Plan {
        require(partitions >= 1 && partitions <= 1024, "partitions must be from 1 to 1024, not " + partitions);
        require(rounds >= 1, "rounds must be 1 or more, not " + rounds);
        require(slice.isPositive(), "slice must be more than zero, not " + slice);
        require(!idle.isNegative(), "idle must not be negative, as " + idle);
    }

    /** Of one side, before its first round: compilers need their time. */
    Duration warmUp() {
        return slice.multipliedBy(3);
    }

    Duration alone() {
        return slice.dividedBy(2);
    }

    Duration paced() {
        return slice.multipliedBy(2);
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What a comparison of so many sides takes, each with a warm-up. */
    Duration time(int sides, Duration each) {
        return warmUp().plus(each.multipliedBy(rounds)).multipliedBy(sides);
    }
}
