package dev.outboard.bench;

import java.time.Duration;

/**
 * How long it is measured.
 *
 * @param rounds in which the sides of a comparison take turns, at least 1
 * @param slice of one side in one round with many callers; one caller alone gets half of it, paced calls twice
 * @param idle how long a process does nothing before its memory is looked at
 */
record Plan(int rounds, Duration slice, Duration idle) {
    static final Plan FULL = new Plan(5, Duration.ofSeconds(2), Duration.ofSeconds(60));
    static final Plan QUICK = new Plan(3, Duration.ofMillis(600), Duration.ofSeconds(15));

    Plan {
        if (rounds < 1 || !slice.isPositive() || idle.isNegative()) {
            throw new IllegalArgumentException("rounds and slice must be more than zero, idle not negative");
        }
    }

    /** Of one side, before its first round: compilers need their time. */
    Duration warmUp() {
        return slice.multipliedBy(2);
    }

    Duration alone() {
        return slice.dividedBy(2);
    }

    Duration paced() {
        return slice.multipliedBy(2);
    }

    /** What a comparison of so many sides takes, each with a warm-up. */
    Duration time(int sides, Duration each) {
        return warmUp().plus(each.multipliedBy(rounds)).multipliedBy(sides);
    }
}
