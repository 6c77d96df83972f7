package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Outcome GOOD = new Outcome.Checked(null);
    private final Checks checks = new Checks();
    private final List<Outcome> taken = new ArrayList<>();

    @Test
    void aSlowCheckIsNotWaitedForForLong() {
        checks.counted(taken::add);
        long began = System.nanoTime();
        checks.await();
        long took = System.nanoTime() - began;
        assertTrue(took >= Duration.ofMillis(1).toNanos() && took < Duration.ofSeconds(5).toNanos(), took + " ns");
    }

    @Test
    void onceAllHaveEndedNobodyWaits() {
        var first = checks.counted(taken::add);
        var second = checks.counted(outcome -> {
            throw new IllegalStateException("the mailbox is broken");
        });
        first.accept(GOOD);
        try {
            second.accept(GOOD);
        } catch (IllegalStateException expected) {
            // counted all the same
        }
        long before = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            checks.await();
        }
        assertTrue(System.nanoTime() - before < Duration.ofMillis(500).toNanos(), "a thousand waits for nothing");
        assertEquals(List.of(GOOD), taken);
    }
}
