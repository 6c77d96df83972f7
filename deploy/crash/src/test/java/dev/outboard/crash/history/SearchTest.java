package dev.outboard.crash.history;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The search by itself, over a register: there the same writes in another order leave another state, which no job has. */
class SearchTest {
    /** Negative ones are read, others are written; 0 at first. */
    private static boolean register(long[] starts, long[] ends, int... values) {
        return new Search<>(starts, ends, 0,
                (Integer state, int i) -> values[i] > 0
                        ? Integer.valueOf(values[i])
                        : -values[i] == state ? state : null)
                .found();
    }

    @Test
    void theSameOperationsInAnotherOrderAreAnotherConfiguration() {
        assertTrue(register(new long[]{0, 0, 2}, new long[]{1, 1, 3}, 1, 2, -2));
        assertTrue(register(new long[]{0, 0, 2}, new long[]{1, 1, 3}, 1, 2, -1));
        assertFalse(register(new long[]{0, 0, 2, 4}, new long[]{1, 1, 3, 5}, 1, 2, -1, -2));
    }

    @Test
    void whatHasNoEndMayBeLeftOut() {
        assertTrue(register(new long[]{0, 2}, new long[]{Operation.OPEN, 3}, 1, 0));
        assertTrue(register(new long[]{0, 2}, new long[]{Operation.OPEN, 3}, 1, -1));
        assertFalse(register(new long[]{4, 2}, new long[]{Operation.OPEN, 3}, 1, -1));
    }

    /** 14 writes have some 10^11 orders and some 10^5 configurations. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void aConfigurationIsTriedOnce() {
        int writes = 14;
        var starts = LongStream.rangeClosed(0, writes).toArray();
        var ends = Arrays.stream(starts).map(start -> start + writes).toArray();
        starts[writes] = 10 * writes;
        ends[writes] = 11 * writes;
        var values = new int[writes + 1];
        Arrays.setAll(values, i -> i + 1);
        values[writes] = -100;
        assertFalse(register(starts, ends, values));
    }
}
