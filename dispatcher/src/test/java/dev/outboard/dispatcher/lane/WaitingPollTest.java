package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.wire.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A poll may wait for as long as the platform has no news: nothing else of the job waits for it. */
class WaitingPollTest {
    private static final JobId A = new JobId(8, 1);
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of());

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryLog log = new MemoryLog();
    private final HeldCalls calls = new HeldCalls(log.trail);
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private Lane lane;

    @Test
    void aCancelCallsThePollBackAndTheDeleteFollowsAtOnce() {
        polling(null);
        var poll = calls.waiting.getFirst().call();
        cancel();
        assertEquals(State.CANCELLING, log.job(0, A).state());
        assertEquals(1, calls.recalled.size());
        assertSame(poll, calls.recalled.getFirst());
        calls.answer(Op.POLL, new Outcome.NotStarted());
        turns(1);
        assertEquals(List.of(Op.DELETE), calls.ops());
        calls.answer(Op.DELETE, new Outcome.Cancelled());
        turns(1);
        assertEquals(State.CANCELLED, log.job(0, A).state());
        assertEquals(1, calls.recalled.size());
    }

    @Test
    void aDeleteThatIsUnderWayIsNotCalledBack() {
        polling(null);
        cancel();
        calls.answer(Op.POLL, new Outcome.NotStarted());
        turns(1);
        cancel();
        assertEquals(1, calls.recalled.size());
    }

    @Test
    void theAttemptsTimeRunsWhileThePollWaits() {
        polling(Duration.ofMinutes(5));
        later(Duration.ofMinutes(4));
        assertEquals(List.of(), calls.recalled);
        assertEquals(State.RUNNING, log.job(0, A).state());
        later(Duration.ofMinutes(1));
        assertEquals(State.CANCELLING, log.job(0, A).state());
        assertEquals(1, calls.recalled.size());
        calls.answer(Op.POLL, new Outcome.NotStarted());
        turns(1);
        assertEquals(List.of(Op.DELETE), calls.ops());
    }

    @Test
    void aPersonsWordThatEndsTheJobCallsItBackToo() {
        polling(null);
        log.command(0, A.bytes(), Commands.resolve(0, 1, new Verdict.Failed("gone"), "ann"), now);
        turns(1);
        assertEquals(State.FAILED, log.job(0, A).state());
        assertEquals(1, calls.recalled.size());
        calls.answer(Op.POLL, new Outcome.NotStarted());
        turns(1);
        assertEquals(List.of(), calls.ops());
    }

    @Test
    void whatIsHeardMeanwhileBoundsTheAgeOfTheNews() {
        polling(null);
        var poll = calls.waiting.getFirst().call();
        later(Duration.ofMinutes(10));
        poll.heard().accept(Duration.ofSeconds(1));
        later(Duration.ofSeconds(2));
        calls.answer(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[0]), null));
        turns(1);
        assertEquals(3, meters.get("outboard.poll.age").timer().totalTime(TimeUnit.SECONDS));
    }

    @Test
    void aCreateThatOurOwnBudgetHoldsBackSaysSoUntilItIsMade() {
        open();
        create(null);
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        calls.answer(Op.CREATE, new Outcome.HeldBack("10 requests a second"));
        turns(1);
        var held = log.job(0, A);
        assertEquals(State.SUBMITTING, held.state());
        assertEquals(new Condition(Condition.Type.THROTTLED, "BudgetSpent", "10 requests a second", now),
                held.condition(Condition.Type.THROTTLED));
        later(Duration.ofMillis(1_200));
        long rev = held.rev();
        calls.answer(Op.CREATE, new Outcome.HeldBack("10 requests a second"));
        turns(1);
        assertEquals(rev, log.job(0, A).rev(), "said once");
        later(Duration.ofMillis(1_200));
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        assertNull(log.job(0, A).condition(Condition.Type.THROTTLED));
        assertEquals(State.RUNNING, log.job(0, A).state());
    }

    /** Its poll is under way. */
    private void polling(@Nullable Duration timeout) {
        open();
        create(timeout);
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        later(Duration.ofMillis(1_200));
        assertEquals(List.of(Op.POLL), calls.ops());
        assertTrue(calls.recalled.isEmpty());
    }

    private void open() {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofHours(1));
        var type = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", policy, 10);
        var port = log.open();
        port.give(0);
        lane = new Lane(type, "installation", port, calls, () -> now, new Random(1), Long.MAX_VALUE,
                new LaneMeters("fake", meters));
    }

    private void create(@Nullable Duration timeout) {
        var spec = Bytes.of("a".getBytes());
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), spec, 1, timeout, Instant.EPOCH);
        log.command(0, A.bytes(), Commands.create(accepted, spec, null), now);
    }

    private void cancel() {
        log.command(0, A.bytes(), Commands.cancel(0, "ann", ""), now);
        turns(1);
    }

    private void later(Duration duration) {
        now = now.plus(duration);
        turns(1);
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            lane.turn();
        }
    }
}
