package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private boolean memoryFull;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final Views.Filled type = Views.type("duckdb");
    private final Backlog backlog = new Backlog(1000, () -> memoryFull, Duration.ofDays(3), () -> now);

    @Test
    void aJobThatWaitsForTooLongKeepsOthersOut() {
        type.create(1, now);
        now = now.plus(Duration.ofDays(3));
        assertNull(backlog.full(type.view()));
        now = now.plusSeconds(1);
        assertTrue(
                backlog.full(type.view()).startsWith("a job of task type duckdb has waited for a worker since 2026"));
    }

    @Test
    void soManyAndNoMore() {
        for (int i = 0; i < 1000; i++) {
            type.create(i, now);
        }
        assertEquals("1000 jobs of task type duckdb wait for a worker", backlog.full(type.view()));
    }

    @Test
    void itLooksOnceASecond() {
        assertNull(backlog.full(type.view()));
        type.create(1, now.minus(Duration.ofDays(4)));
        now = now.plusMillis(999);
        assertNull(backlog.full(type.view()));
        now = now.plusMillis(1);
        assertTrue(backlog.full(type.view()) != null);
    }

    @Test
    void whatMemoryHoldsAndNoMore() {
        memoryFull = true;
        assertEquals("there are as many jobs that have not ended as this API's memory holds",
                backlog.full(type.view()));
        memoryFull = false;
        assertNull(backlog.full(type.view()));
    }
}
