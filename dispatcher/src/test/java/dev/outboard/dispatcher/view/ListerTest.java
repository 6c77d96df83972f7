package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Views.Filled duckdb = Views.type("duckdb");
    private final Views.Filled spark = Views.type("spark");
    private final Lister lister = new Lister(
            located -> new Reading.Found(located.job(), located.seen().position(), List.of()));

    @Test
    void newestFirstOverAllTypesAndPages() {
        for (int i = 0; i < 10; i++) {
            (i % 2 == 0 ? duckdb : spark).create(i, NOW.plusSeconds(i), "n" + i, Map.of());
        }
        var ids = new ArrayList<Long>();
        Cursor after = null;
        int pages = 0;
        do {
            var page = page(JobFilter.all(), after, 3);
            page.jobs().forEach(found -> ids.add(found.job().id().low()));
            after = page.next();
            pages++;
        } while (after != null);
        assertEquals(List.of(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L), ids);
        assertEquals(4, pages);
    }

    @Test
    void jobsOfOneMomentAreInTheOrderOfTheirIds() {
        for (int i : new int[]{3, 1, 2}) {
            duckdb.create(i, NOW, "", Map.of());
        }
        var first = page(JobFilter.all(), null, 2);
        assertEquals(List.of(1L, 2L), low(first));
        assertEquals(List.of(3L), low(page(JobFilter.all(), first.next(), 2)));
    }

    @Test
    void aPageThatEndsTheListHasNoNext() {
        duckdb.create(1, NOW, "", Map.of());
        assertNull(page(JobFilter.all(), null, 1).next());
        assertNull(page(JobFilter.all(), new Cursor(NOW, new JobId(0, 1)), 1).next());
    }

    @Test
    void everyConditionOfAFilterCounts() {
        duckdb.create(1, NOW, "report", Map.of("team", "a", "tier", "1"));
        spark.create(2, NOW, "train", Map.of("team", "b"));
        assertEquals(List.of(1L), low(new JobFilter(Set.of(), Set.of("duckdb"), null, null, null, Map.of())));
        assertEquals(List.of(2L), low(new JobFilter(Set.of(), Set.of(), null, null, "train", Map.of())));
        assertEquals(List.of(1L), low(new JobFilter(Set.of(), Set.of(), null, null, null, Map.of("tier", "1"))));
        assertEquals(List.of(), low(new JobFilter(Set.of(), Set.of(), null, null, null, Map.of("team", "c"))));
        assertEquals(List.of(), low(new JobFilter(Set.of(State.FAILED), Set.of(), null, null, null, Map.of())));
        assertEquals(List.of(1L, 2L),
                low(new JobFilter(Set.of(State.QUEUED, State.FAILED), Set.of(), "p", "d", null, Map.of())));
        assertEquals(List.of(), low(new JobFilter(Set.of(), Set.of(), "q", null, null, Map.of())));
        assertEquals(List.of(), low(new JobFilter(Set.of(), Set.of(), null, "q", null, Map.of())));
    }

    @Test
    void aRareFilterEndsItsPageEarlyAndTheNextGoesOn() {
        duckdb.create(1, NOW.minusSeconds(1), "needle", Map.of());
        for (int i = 0; i < Lister.MAX_LOOKED_AT; i++) {
            duckdb.create(10 + i, NOW, "hay", Map.of());
        }
        var needles = new JobFilter(Set.of(), Set.of(), null, null, "needle", Map.of());
        var first = page(needles, null, 5);
        assertTrue(first.jobs().isEmpty());
        assertNotNull(first.next());
        var second = page(needles, first.next(), 5);
        assertEquals(List.of(1L), low(second));
        assertNull(second.next());
    }

    private JobPage page(JobFilter filter, Cursor after, int limit) {
        return lister.page(List.of(duckdb.view(), spark.view()), filter, after, limit);
    }

    private List<Long> low(JobFilter filter) {
        return low(page(filter, null, 10));
    }

    private static List<Long> low(JobPage page) {
        return page.jobs().stream().map(found -> found.job().id().low()).toList();
    }
}
