package dev.outboard.bench;

import org.jspecify.annotations.Nullable;

/**
 * One figure beside its baseline.
 *
 * @param name stable; programs compare it
 * @param baseline the same figure of the bare thing, in the same unit
 * @param goal for the ratio, or null where there is none
 */
record Result(String name, double value, double baseline, String unit, @Nullable Goal goal) {
    static final String MILLIS = "ms";
    static final String PER_SECOND = "/s";
    static final String MEBIBYTES = "MiB";

    /**
     * What a ratio should be.
     *
     * @param most true if the bound is the largest good ratio, false if it is the smallest
     */
    record Goal(double bound, boolean most) {
        static Goal atMost(double bound) {
            return new Goal(bound, true);
        }

        static Goal atLeast(double bound) {
            return new Goal(bound, false);
        }
    }

    double ratio() {
        return value / baseline;
    }

    /** Null where there is no goal. */
    @Nullable
    Boolean met() {
        if (goal == null) {
            return null;
        }
        return goal.most ? ratio() <= goal.bound : ratio() >= goal.bound;
    }
}
