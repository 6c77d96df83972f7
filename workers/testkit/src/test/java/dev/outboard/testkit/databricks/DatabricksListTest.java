package dev.outboard.testkit.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.RunType;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of runs, through Databricks' own client. */
class DatabricksListTest {
    private final SimClock clock = SimClock.standing(Instant.parse("2026-11-20T12:00:00Z"));
    private final DatabricksSimulator databricks = DatabricksSimulator.start(clock, 0);
    private Vendor vendor;

    @BeforeEach
    void connect() {
        databricks.hold();
        vendor = Vendor.pat(databricks);
    }

    @AfterEach
    void close() {
        databricks.close();
    }

    private long submit(String name) {
        clock.advance(Duration.ofMillis(1));
        return vendor.submit(name, name);
    }

    private List<Long> ids(ListRunsRequest request) {
        var ids = new ArrayList<Long>();
        vendor.client().jobs().listRuns(request).forEach(run -> ids.add(run.getRunId()));
        return ids;
    }

    private static ListRunsRequest active() {
        return new ListRunsRequest().setActiveOnly(true);
    }

    private static ListRunsRequest completed() {
        return new ListRunsRequest().setCompletedOnly(true);
    }

    @Test
    void pagesShowEveryRunOnceTheLatestFirst() {
        var made = new ArrayList<Long>();
        for (int i = 0; i < 60; i++) {
            made.add(submit("run-" + i));
        }
        assertEquals(made.reversed(), ids(active().setLimit(100L)));
        assertEquals(3, databricks.requests(Operation.LIST), "pages of the 25 that Databricks gives at most");
        assertEquals(25, new HashSet<>(vendor.jobs().listRuns(active().setLimit(100L)).getRuns()).size());
        assertEquals(20, vendor.jobs().listRuns(active()).getRuns().size());
        databricks.pageSize(100);
        var all = vendor.jobs().listRuns(active().setLimit(100L));
        assertEquals(60, all.getRuns().size());
        assertNull(all.getNextPageToken());
        assertThrows(InvalidParameterValue.class, () -> ids(active().setLimit(0L)));
        assertThrows(InvalidParameterValue.class, () -> ids(active().setPageToken("no such page")));
    }

    @Test
    void completedRunsStandByTheirEnd() {
        long first = submit("first");
        databricks.pace(Duration.ZERO, Duration.ofSeconds(1));
        long second = submit("second");
        long third = submit("third");
        clock.advance(Duration.ofSeconds(2));
        assertEquals(List.of(third, second), ids(completed()));
        assertEquals(List.of(first), ids(active()));
        databricks.finish();
        assertEquals(List.of(first, third, second), ids(completed()));
        assertEquals(List.of(first, third, second), ids(new ListRunsRequest()));
        assertEquals(List.of(), ids(active()));
        assertNull(vendor.jobs().listRuns(active()).getRuns());
    }

    @Test
    void theyAreChosenByStartAndType() {
        long first = submit("first");
        long time = clock.millis();
        long second = submit("second");
        assertEquals(List.of(second), ids(active().setStartTimeFrom(time + 1)));
        assertEquals(List.of(first), ids(active().setStartTimeTo(time)));
        assertEquals(List.of(second, first), ids(active().setRunType(RunType.SUBMIT_RUN)));
        assertEquals(List.of(), ids(active().setRunType(RunType.JOB_RUN)));
        assertNull(list(active()).getTasks());
        assertEquals(1, list(active().setExpandTasks(true)).getTasks().size());
    }

    private BaseRun list(ListRunsRequest request) {
        return vendor.jobs().listRuns(request).getRuns().iterator().next();
    }

    @Test
    void theyLag() {
        long early = submit("early");
        clock.advance(Duration.ofSeconds(1));
        databricks.listLag(Duration.ofSeconds(30));
        submit("late");
        databricks.finish();
        assertEquals(List.of(early), ids(active()));
        assertEquals(List.of(), ids(completed()));
        clock.advance(Duration.ofSeconds(31));
        assertEquals(2, ids(completed()).size());
    }
}
