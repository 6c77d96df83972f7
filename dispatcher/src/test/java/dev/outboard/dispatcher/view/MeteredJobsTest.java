package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeteredJobsTest {
    private static final JobId ID = new JobId(1, 2);
    private static final Bytes SPEC = Bytes.of(new byte[]{1});
    private static final NewJob NEW = new NewJob("fake", 0, new Tenant("", ""), "", Map.of(), SPEC, 1, null, null,
            SPEC);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    /** Given back by, or thrown out of, each call. */
    private Object answer = "";
    private final Jobs jobs = new MeteredJobs((Jobs) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[]{Jobs.class}, (_, _, _) -> {
                if (answer instanceof Throwable thrown) {
                    throw thrown;
                }
                return answer;
            }), meters);

    @Test
    void createsAreCountedByWhatTheCallerIsTold() throws Exception {
        for (var told : List.of(new Creation.Accepted(found()), new Creation.Accepted(found()),
                new Creation.Replayed(found()), new Creation.Conflict(ID), new Creation.Refused("full"))) {
            answer = told;
            assertSame(told, jobs.create(NEW));
        }
        answer = new LogUnavailable("away", null);
        assertThrows(LogUnavailable.class, () -> jobs.create(NEW));
        answer = new OutcomeUnknown(ID, "late");
        assertThrows(OutcomeUnknown.class, () -> jobs.create(NEW));
        assertEquals(List.of(2L, 1L, 1L, 1L, 1L, 1L),
                List.of(creates("accepted"), creates("replayed"), creates("conflict"), creates("refused"),
                        creates("unavailable"), creates("unknown")));
    }

    @Test
    void readsAreCountedByWhatTheCallerIsTold() {
        var asOf = new Condition(Condition.Type.AS_OF, "LogNotAsked", "", Instant.EPOCH);
        for (var told : List.of(found(), found(), found(asOf), new Reading.Unknown(), new Reading.Behind(""))) {
            answer = told;
            assertSame(told, jobs.read(ID, null));
        }
        assertEquals(List.of(2L, 1L, 1L, 1L), List.of(count("outboard.api.read", "found"),
                count("outboard.api.read", "as_of"), count("outboard.api.read", "unknown"),
                count("outboard.api.read", "behind")));
    }

    @Test
    void cancelsAreCountedByWhatTheCallerIsTold() throws Exception {
        for (var told : List.of(new Cancellation.Owed(found()), new Cancellation.Ended(found()),
                new Cancellation.Unknown(), new Cancellation.Behind(""))) {
            answer = told;
            assertSame(told, jobs.cancel(ID, "me", ""));
        }
        answer = new LogUnavailable("away", null);
        assertThrows(LogUnavailable.class, () -> jobs.cancel(ID, "me", ""));
        answer = new OutcomeUnknown(ID, "late");
        assertThrows(OutcomeUnknown.class, () -> jobs.cancel(ID, "me", ""));
        for (var outcome : List.of("owed", "ended", "unknown", "behind", "unavailable", "outcome_unknown")) {
            assertEquals(1, count("outboard.api.cancel", outcome), outcome);
        }
    }

    private long creates(String outcome) {
        return meters.get("outboard.api.create").tags("task_type", "fake", "outcome", outcome).timer().count();
    }

    private long count(String name, String outcome) {
        return meters.get(name).tag("outcome", outcome).timer().count();
    }

    private static Reading.Found found(Condition... conditions) {
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), SPEC, 1, null, Instant.EPOCH);
        return new Reading.Found(Lifecycle.queued(new Input.Create(ID, accepted, 0, null)),
                new Position(Position.Log.COMMANDS, 0, 0), List.of(conditions));
    }
}
