package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition.Type;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.Commands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What cannot be decoded or folded, and what goes on beside it. */
class PoisonTest {
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of());
    private static final JobId A = new JobId(8, 1);
    private static final JobId B = new JobId(8, 2);

    private final MemoryLog log = new MemoryLog();
    private final HeldCalls calls = new HeldCalls(log.trail);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private Lane lane;

    @Test
    void aLiveJobIsToldAndGoesOnAsItWas() {
        open();
        create(A);
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        calls.answer(Op.CREATE, new Outcome.Unknown("no answer", false));
        turns(1);
        var before = log.job(0, A);
        poison(A);
        create(B);
        turns(1);
        var told = log.job(0, A);
        assertEquals(before.state(), told.state());
        assertEquals(before.attempt(), told.attempt());
        assertEquals(before.condition(Type.OUTCOME_UNKNOWN), told.condition(Type.OUTCOME_UNKNOWN));
        assertEquals("Undecodable", told.condition(Type.DEAD_LETTER).reason());
        assertTrue(told.condition(Type.DEAD_LETTER).message().endsWith("; see ./outboard deadletter show fake.c0.1"),
                told.condition(Type.DEAD_LETTER).message());
        assertEquals(1, log.dead.size());
        assertEquals(1, meters.get("outboard.dead.letters").counter().count());
        assertEquals(State.QUEUED, log.job(0, B).state(), "its neighbour goes on");
        assertEquals(List.of(Op.CHECK), calls.ops(), "no call but at its time");
        calls.waiting.clear();
        later(Duration.ofSeconds(2));
        assertEquals(List.of(Op.CREATE), calls.ops(), "and at its time it is called");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        later(Duration.ofSeconds(2));
        calls.answer(Op.POLL, new Outcome.Running(false, "at work", null, List.of(), null, null));
        turns(1);
        assertNull(log.job(0, A).condition(Type.OUTCOME_UNKNOWN));
        assertNotNull(log.job(0, A).condition(Type.DEAD_LETTER), "the platform's word does not take it away");
        long rev = log.job(0, A).rev();
        later(Duration.ofSeconds(2));
        calls.answer(Op.POLL, new Outcome.Running(false, "at work", null, List.of(), null, null));
        turns(1);
        assertEquals(rev, log.job(0, A).rev(), "and it is no news each time");
    }

    @Test
    void aRestoreGoesOnBehindIt() {
        open();
        poison(A);
        create(B);
        turns(3);
        poison(B);
        turns(1);
        assertEquals("Undecodable", log.job(0, A).error().code());
        assertTrue(log.job(0, A).error().message().endsWith("./outboard deadletter show fake.c0.0"));
        calls.waiting.clear();
        open();
        turns(4);
        assertEquals(1, lane.ready());
        assertEquals(2, log.dead.size(), "what is folded is buried once");
        poison(A);
        turns(1);
        assertEquals(3, log.dead.size());
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        assertEquals(State.SUBMITTING, log.job(0, B).state());
        assertNotNull(log.job(0, B).condition(Type.DEAD_LETTER));
    }

    @Test
    void aReplayBeginsAnewOnlyWhatCouldNotBeTaken() throws Exception {
        open();
        poison(A);
        turns(3);
        replay(A, 7);
        assertEquals(0, log.job(0, A).incarnation(), "of another incarnation");
        log.command(0, A.bytes(), Commands.replay(create(), 0), log.job(0, A).times().expiresAt());
        turns(1);
        assertEquals(0, log.job(0, A).incarnation(), "what had expired is not replaced");
        create(A);
        turns(1);
        assertEquals(0, log.job(0, A).incarnation(), "a repeat of its key is no replay");
        open();
        turns(4);
        replay(A, 0);
        assertEquals(4, log.job(0, A).incarnation(), "also after a restore");
        assertEquals(State.QUEUED, log.job(0, A).state());
        replay(A, 0);
        assertEquals(4, log.job(0, A).incarnation(), "of two the first");
        replay(B, 0);
        assertNull(log.job(0, B), "what is not there is not replaced");
        assertEquals(1, lane.live());
        log.command(0, A.bytes(), Commands.cancel(4, "ann", ""), now);
        turns(1);
        assertEquals(State.CANCELLED, log.job(0, A).state());
        replay(A, 0);
        replay(A, 4);
        assertEquals(State.CANCELLED, log.job(0, A).state(), "what was taken once is not replaced");
    }

    @Test
    void whatExpiredIsNotReplaced() throws Exception {
        open();
        poison(A);
        turns(3);
        later(Duration.ofHours(2));
        later(Duration.ofHours(2));
        assertNull(log.job(0, A));
        replay(A, 0);
        assertNull(log.job(0, A));
    }

    private void replay(JobId id, long replaces) throws Exception {
        log.command(0, id.bytes(), Commands.replay(create(), replaces), now);
        turns(1);
    }

    /** Given up, asked what exists, and thrown at each time; a successor knows how far it came. */
    @Test
    void aConnectorThatThrowsWhateverItIsAskedEndsItsJob() {
        open();
        create(A);
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        for (int i = 0; i < 10; i++) {
            calls.answer(i < 5 ? Op.CREATE : Op.OCCUPY, new Outcome.Unknown("NullPointerException", true));
            turns(1);
            if (i < 9) {
                later(Duration.ofSeconds(70));
            }
        }
        open();
        turns(4);
        later(Duration.ofSeconds(64));
        assertEquals(List.of(), calls.ops(), "it is not asked again");
        assertEquals(State.CANCELLING, log.job(0, A).state(), "a call may land for 65 s");
        later(Duration.ofSeconds(10));
        assertEquals(List.of(), calls.ops());
        assertEquals(State.FAILED, log.job(0, A).state());
        assertEquals("ConnectorBug", log.job(0, A).error().code());
        assertEquals(0, lane.live());
    }

    /** A window that leads beyond the end of time is a rule that throws; no other is known. */
    @Test
    void aFoldThatThrowsIsPoisonToo() {
        var window = Duration.ofSeconds(Instant.MAX.getEpochSecond());
        var lifecycle = new Lifecycle(new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), window));
        var fold = new CommandFold("fake", lifecycle);
        var shard = new Shard(0);
        var turn = new Turn();
        var row = fold.fold(turn, shard, new LogPort.Command(0, 4, now, A.bytes(), create()), now).row();
        var before = row.job;
        assertNull(fold.fold(turn, shard, new LogPort.Command(0, 5, now, A.bytes(), Commands.cancel(4, "ann", "")),
                now));
        assertSame(row, shard.rows.get(A));
        assertEquals(before.state(), row.job.state());
        var told = row.job.condition(Type.DEAD_LETTER);
        assertEquals("Unfoldable", told.reason());
        assertEquals("a command could not be taken (its fold threw java.time.DateTimeException); see ./outboard "
                + "deadletter show fake.c0.5", told.message());
        assertEquals(1, turn.batch(1, "tx").dead().size());
        assertEquals(Map.of(Tally.Taken.CREATED, 1, Tally.Taken.DEAD_LETTER, 1), turn.tally().commands);
    }

    private void open() {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofHours(1));
        var type = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", policy, 10);
        var port = log.open();
        port.give(0);
        lane = new Lane(type, "installation", port, calls, () -> now, new Random(1), Long.MAX_VALUE,
                new LaneMeters("fake", meters));
    }

    private void poison(JobId id) {
        log.command(0, id.bytes(), new byte[]{1, 2, 3}, now);
    }

    private void create(JobId id) {
        log.command(0, id.bytes(), create(), now);
    }

    private static byte[] create() {
        var bytes = Bytes.of(new byte[]{1});
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), bytes, 1, null, Instant.EPOCH);
        return Commands.create(accepted, bytes, null);
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
