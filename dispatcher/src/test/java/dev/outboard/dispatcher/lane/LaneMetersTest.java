package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.wire.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lane tells of itself, by the clock that it was given. */
class LaneMetersTest {
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of());
    private static final Outcome.Running RUNNING = new Outcome.Running(false, null, null, List.of(), null, null);
    private static final JobId A = new JobId(8, 1);
    private static final JobId B = new JobId(8, 2);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryLog log = new MemoryLog();
    private final HeldCalls calls = new HeldCalls(log.trail);
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private MemoryLog.Port port;
    private Lane lane;

    @Test
    void aJobsLifeIsTimedFromTheLogOnward() {
        open();
        create(A);
        later(Duration.ofSeconds(3));
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        assertEquals(3, total("outboard.create.delay"), "from its entry into the log to its first create call");
        calls.answer(Op.CREATE, new Outcome.Retry(Duration.ofSeconds(4), "busy"));
        turns(1);
        later(Duration.ofSeconds(5));
        assertEquals(1, timer("outboard.create.delay").count(), "a request that is repeated counts no more");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        later(Duration.ofSeconds(2));
        calls.answer(Op.POLL, RUNNING);
        turns(1);
        assertEquals(0, timer("outboard.poll.age").count(), "nothing has changed");
        later(Duration.ofSeconds(7));
        calls.answer(Op.POLL, new Outcome.Unreachable("away"));
        turns(1);
        later(Duration.ofSeconds(20));
        calls.answer(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[0]), null));
        assertEquals(1, gauge("outboard.lane.jobs"));
        turns(1);
        assertEquals(27, total("outboard.poll.age"), "the poll that got no answer tells nothing");
        assertEquals(37, meters.get("outboard.job").tag("state", "SUCCEEDED").timer().totalTime(TimeUnit.SECONDS));
        assertEquals(0, gauge("outboard.lane.jobs"));
    }

    @Test
    void commandsAreCountedByWhatCameOfThem() {
        open();
        create(A);
        turns(1);
        create(A);
        cancel(A);
        cancel(B);
        log.command(0, B.bytes(), new byte[]{0, 1}, now);
        turns(1);
        assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 1.0),
                List.of(commands("created"), commands("repeated"), commands("cancelled"), commands("dropped"),
                        commands("dead_letter")));
        assertEquals(1, meters.get("outboard.dead.letters").counter().count());
        assertEquals(1, ended("CANCELLED", "none"));
        assertEquals(1, ended("FAILED", "system"), "the undecodable one");
        assertEquals(2, timer("outboard.lane.commit").count());
    }

    @Test
    void whoseFaultAFailureWasIsTold() {
        open();
        create(A);
        turns(1);
        calls.answer(Op.CHECK, new Outcome.Checked(JobError.user("InvalidQuery", "no")));
        turns(1);
        assertEquals(1, ended("FAILED", "user"));
        assertEquals(0, ended("FAILED", "system"));
    }

    @Test
    void whatWasNotCommittedIsNotCounted() {
        open();
        create(A);
        log.failCommits = true;
        assertThrows(LogFailure.class, () -> lane.turn());
        assertEquals(0, commands("created"));
        assertEquals(0, timer("outboard.lane.commit").count());
        log.failCommits = false;
        open();
        turns(1);
        assertEquals(1, commands("created"));
    }

    @Test
    void partitionsAreCountedAsTheyComeAndGo() {
        open();
        assertEquals(1, meters.get("outboard.lane.partitions").tag("status", "held").gauge().value());
        assertEquals(1, timer("outboard.lane.restore").count());
        port.take(0);
        turns(1);
        assertEquals(0, meters.get("outboard.lane.partitions").tag("status", "held").gauge().value());
    }

    private double commands(String outcome) {
        return meters.get("outboard.lane.commands").tag("outcome", outcome).counter().count();
    }

    private long ended(String state, String error) {
        return meters.get("outboard.job").tags("state", state, "error", error).timer().count();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private Timer timer(String name) {
        return meters.get(name).timer();
    }

    private double total(String name) {
        return timer(name).totalTime(TimeUnit.SECONDS);
    }

    /** Opens a lane and lets it read its partition back. */
    private void open() {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofHours(1));
        port = log.open();
        port.give(0);
        lane = new Lane(new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", policy, 10), "installation",
                port, calls, () -> now, new Random(1), Long.MAX_VALUE, new LaneMeters("fake", meters));
        turns(3);
    }

    private void create(JobId id) {
        var spec = Bytes.of(new byte[]{1});
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), spec, 1, null, Instant.EPOCH);
        log.command(0, id.bytes(), Commands.create(accepted, spec, null), now);
    }

    private void cancel(JobId id) {
        log.command(0, id.bytes(), Commands.cancel(0, "me", ""), now);
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            lane.turn();
        }
    }

    private void later(Duration duration) {
        now = now.plus(duration);
        turns(1);
    }
}
