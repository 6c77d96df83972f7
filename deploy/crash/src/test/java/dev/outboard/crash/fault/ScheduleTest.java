package dev.outboard.crash.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.crash.fault.Fault.Kind;
import dev.outboard.crash.fault.Schedule.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static List<Fault> all(long seed, int jobs) {
        var faults = new ArrayList<Fault>();
        for (var lane : Lane.values()) {
            var schedule = new Schedule(seed, jobs, lane);
            while (schedule.more()) {
                faults.add(schedule.next());
            }
        }
        return faults;
    }

    @Test
    void theSeedAndTheJobsDecideAlone() {
        assertEquals(all(7, 5000), all(7, 5000));
        assertNotEquals(all(7, 5000), all(8, 5000));
    }

    @Test
    void everyPauseOfAWorkerIsBeyondItsSession() {
        all(1, 100_000).stream()
                .filter(fault -> fault.kind() == Kind.PAUSE_WORKER)
                .forEach(fault -> assertTrue(fault.forMillis() > 7000, fault.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 300, 1000, 10_000, 100_000})
    void everyRoleIsKilledAndMoreJobsMeanMore(int jobs) {
        var minimums = Minimums.forJobs(1, jobs).of();
        for (var kind : List.of(Kind.KILL_WORKER, Kind.KILL_API, Kind.KILL_BROKER, Kind.PAUSE_WORKER, Kind.PAUSE_API,
                Kind.STOP_WORKER, Kind.OUTAGE)) {
            assertTrue(minimums.getOrDefault(kind, 0) >= 1, kind.name());
        }
        assertTrue(minimums.get(Kind.KILL_WORKER) >= Math.min(40, jobs / 500));
    }

    /** Jobs wait for faults and faults for jobs: they must never wait for each other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 300, 999, 10_000, 100_000})
    void jobsAndFaultsNeverWaitForEachOther(int jobs) {
        var minimums = Minimums.forJobs(3, jobs);
        var tally = new Tally();
        var schedules = new EnumMap<Lane, Schedule>(Lane.class);
        for (var lane : Lane.values()) {
            schedules.put(lane, new Schedule(3, jobs, lane));
        }
        // the lane that is due last is the slowest there can be
        while (schedules.values().stream().anyMatch(Schedule::more)) {
            int accepted = minimums.allowed(tally, jobs);
            assertTrue(accepted >= 1 && minimums.progress(tally) < 1);
            var due = schedules.values()
                    .stream()
                    .filter(schedule -> schedule.more() && schedule.dueAfter() <= accepted)
                    .toList();
            assertTrue(!due.isEmpty(), "at " + accepted + " of " + jobs + " everybody waits");
            tally.done(due.getLast().next().kind());
        }
        assertEquals(jobs, minimums.allowed(tally, jobs));
    }
}
