package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private long nanos = Duration.ofDays(-9).toNanos();
    private final Watchdog watchdog = new Watchdog(() -> nanos);

    @Test
    void aTurnThatLastsLongerThanItMayIsAHang() {
        watchdog.turns();
        assertFalse(looksFor(11), "and the margin was told before");
        assertEquals(Duration.ZERO, watchdog.margin());
        assertTrue(looksFor(1));
        assertTrue(watchdog.margin().isNegative());
    }

    @Test
    void aLoopThatTurnsHoweverSlowlyIsNone() {
        for (int i = 0; i < 20; i++) {
            watchdog.turns();
            assertFalse(looksFor(9));
        }
        assertEquals(Duration.ofSeconds(2), watchdog.margin());
    }

    @Test
    void aLoopThatRestsIsNone() {
        watchdog.turns();
        looksFor(5);
        watchdog.rests();
        assertEquals(Duration.ofSeconds(10), watchdog.margin());
        assertFalse(looksFor(60), "it waits for Kafka, say");
        watchdog.turns();
        assertFalse(looksFor(11), "and begins anew");
        assertTrue(looksFor(1));
    }

    @Test
    void aProcessThatWasPausedAsAWholeIsNone() {
        watchdog.turns();
        assertFalse(looksFor(3));
        nanos += Duration.ofHours(8).toNanos();
        assertFalse(looksFor(1), "it comes back, and the loop has not run either");
        watchdog.turns();
        assertFalse(looksFor(5), "and then it turns");
        nanos += Duration.ofHours(8).toNanos();
        assertTrue(looksFor(9), "a loop that hangs is found, also by one that is paused now and then");
    }

    /** Looks every second; true if it barked. */
    private boolean looksFor(int seconds) {
        boolean hangs = false;
        for (int i = 0; i < seconds; i++) {
            nanos += Watchdog.EVERY.toNanos();
            hangs |= watchdog.hangs();
        }
        return hangs;
    }
}
