package dev.outboard.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What one side did in one round, or in all.
 *
 * @param nanos each call's time, in order of size
 * @param seconds from the first call's start to the last one's end
 */
record Slice(long[] nanos, double seconds) {
    Slice {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured in " + seconds + " s");
        }
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** The smallest time that this share of the calls did not exceed, from 0 (exclusive) to 1, in milliseconds. */
    double millis(double share) {
        return nanos[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)] / 1e6;
    }

    double perSecond() {
        return nanos.length / seconds;
    }

    /** All rounds as one: a round has too few calls for a p99. */
    static Slice all(List<Slice> rounds) {
        return new Slice(rounds.stream().flatMapToLong(slice -> Arrays.stream(slice.nanos)).toArray(),
                rounds.stream().mapToDouble(Slice::seconds).sum());
    }

    /** The median round's rate: one in which the machine was away does not count. */
    static double perSecond(List<Slice> rounds) {
        var rates = rounds.stream().mapToDouble(Slice::perSecond).sorted().toArray();
        return (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
    }
}
