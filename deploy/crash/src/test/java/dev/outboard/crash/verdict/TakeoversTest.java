package dev.outboard.crash.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.outboard.crash.verdict.Takeovers.Death;
import dev.outboard.crash.verdict.Takeovers.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TakeoversTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private static Restored restored(int second, String worker, Integer... partitions) {
        return new Restored(START.plusSeconds(second), worker, Set.of(partitions));
    }

    @Test
    void countsWhatTheDeadOneHadRestoredLast() {
        var restored = List.of(restored(0, "a", 1, 2, 3), restored(5, "b", 3), restored(17, "b", 1),
                restored(18, "c", 2), restored(30, "a2", 1));
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(8)),
                Takeovers.of(restored, List.of(new Death(START.plusSeconds(10), "a")), (_, _) -> true),
                "partition 3 had gone to b before");
    }

    @Test
    void whatNobodyTookOverIsLeftOut() {
        assertEquals(List.of(),
                Takeovers.of(List.of(restored(0, "a", 1)), List.of(new Death(START, "a")), (_, _) -> true));
    }

    @Test
    void whatDoesNotCountIsLeftOut() {
        var restored = List.of(restored(0, "a", 1, 2), restored(13, "b", 1), restored(18, "c", 2));
        assertEquals(List.of(Duration.ofSeconds(3)), Takeovers.of(restored,
                List.of(new Death(START.plusSeconds(10), "a")), (_, to) -> to.isBefore(START.plusSeconds(15))));
    }

    @Test
    void percentilesAreOfWhatThereIs() {
        var seconds = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList();
        assertEquals(Duration.ofSeconds(50), Takeovers.percentile(seconds, 0.5));
        assertEquals(Duration.ofSeconds(99), Takeovers.percentile(seconds, 0.99));
        assertNull(Takeovers.percentile(List.of(), 0.5));
    }

    @Test
    void readsAWorkersLog() {
        assertEquals(List.of(new Restored(Instant.parse("2026-11-20T17:37:43.584183571Z"), "w", Set.of(3, 11)),
                new Restored(Instant.parse("2026-11-20T17:37:44Z"), "w", Set.of(0))),
                WorkerLog.restored(List.of("worker ready, serves crash",
                        "{\"time\":\"2026-11-20T17:37:43.584183571Z\",\"level\":\"INFO\",\"logger\":\"x.Restores\","
                                + "\"message\":\"crash: partitions [3, 11] are restored, with 4 live jobs\"}",
                        "{\"time\":\"2026-11-20T17:37:44Z\",\"message\":\"crash: partitions [0] are restored, with 1\"}"),
                        "w"));
    }
}
