package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Undecodable;
import dev.outboard.dispatcher.wire.Watermark;
import dev.outboard.dispatcher.wire.proto.CommandRecord;
import dev.outboard.dispatcher.wire.proto.JobRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lane's rules, step by step, on a log in memory and with calls that the test answers. */
class LaneTest {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of());
    private static final JobId A = new JobId(8, 1);
    private static final JobId B = new JobId(8, 2);
    private static final JobId C = new JobId(8, 3);

    private final MemoryLog log = new MemoryLog();
    private long maxLive = Long.MAX_VALUE;
    private final HeldCalls calls = new HeldCalls(log.trail);
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private MemoryLog.Port port;
    private Lane lane;

    @Test
    void aJobRunsAndEveryCallFollowsItsCommit() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        assertEquals(1, port.woken, "a result does not wait for the poll to end");
        turns(2);
        assertEquals(State.SUBMITTING, log.job(0, A).state(), "the intent is durable before the call");
        assertEquals(List.of("CREATE SUBMITTING"), after("commit", 2), "and the call comes after it");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        later(Duration.ofSeconds(2));
        calls.answer(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[0]), null));
        turns(1);
        assertEquals(State.SUCCEEDED, log.job(0, A).state());
        assertEquals(0, lane.live());
        var spec = log.state(0).stream().filter(s -> Keys.kind(s.key()) == Keys.Kind.SPEC).toList();
        assertNull(spec.get(spec.size() - 1).value(), "the spec goes with the end");
    }

    @Test
    void everyTransactionCarriesThePositionOfEveryPartitionItWrites() throws Undecodable {
        open(10);
        port.give(1);
        create(A, "a");
        log.command(1, B.bytes(), create("b"), now);
        turns(3);
        calls.waiting.removeIf(h -> {
            h.done().accept(new Outcome.Checked(null));
            return true;
        });
        turns(2);
        for (var batch : log.batches) {
            var written = batch.writes().stream().map(LogPort.Write::partition).collect(Collectors.toSet());
            assertEquals(written, batch.positions().keySet());
            for (int p : written) {
                var last = batch.writes().stream().filter(w -> w.partition() == p).toList().getLast();
                assertEquals(Keys.Kind.WATERMARK, Keys.kind(last.key()), "the watermark is the last record");
                assertEquals(batch.positions().get(p), Watermark.read(last.value()).position());
            }
        }
        assertTrue(log.batches.stream().anyMatch(b -> b.positions().size() == 2), "two partitions in one transaction");
        assertTrue(log.batches.size() >= 2, "turns of results alone carry positions too");
    }

    @Test
    void aRestoreAsksForThePositionFirstAndFoldsNothingBeforeItsEnd() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        restart();
        port.hidePositions = true;
        log.readAtOnce = 1;
        create(B, "b");
        turns(5);
        assertFalse(log.trail.contains("STATE_END 0"), "R4: the end is asked once the position is stable");
        restart();
        turns(2);
        assertTrue(log.trail.indexOf("STATE_END 0") > log.trail.indexOf("committed 0"));
        assertFalse(log.trail.stream().anyMatch(t -> t.startsWith("resume")), "R5: nothing is folded before the end");
        turns(10);
        assertTrue(log.trail.contains("resume 0 at 1"), log.trail.toString());
        assertEquals(2, lane.live());
    }

    /** Found by the simulation: a worker was paused in its restore, and woke when a successor had long begun to write. */
    @Test
    void aRestoreTakesNothingThatCameAfterItsEnd() throws Undecodable {
        open(10);
        var create = (Input.Create) Commands.read(A.bytes(), create("a"), 0, now).command();
        var successors = new LogPort.State(0, 0, Keys.job(A), JobRecords.write(Lifecycle.queued(create)));
        port.meanwhile = () -> log.state(0).add(successors);
        turns(1);
        assertEquals(1, lane.ready(), "it has not heard of its successor; what it writes will be refused");
        assertEquals(0, lane.live());
    }

    @Test
    void aPositionThatAnOpenTransactionHoldsIsAskedForAgain() {
        open(10);
        port.unstable = true;
        create(A, "a");
        turns(3);
        now = now.plusSeconds(1);
        turns(3);
        assertFalse(log.trail.contains("STATE_END 0"), "R4: not before the position is stable");
        port.unstable = false;
        now = now.plusSeconds(1);
        turns(5);
        assertTrue(log.trail.contains("resume 0 at 0"), log.trail.toString());
        open(10);
        port.unstable = true;
        turns(2);
        now = now.plusSeconds(31);
        assertThrows(LogFailure.class, () -> turns(2), "but not for ever");
    }

    @Test
    void aCreateAndItsCheckAreOneTransaction() {
        open(10);
        turns(3);
        int before = log.batches.size();
        calls.whileChecking = () -> calls.answer(Op.CHECK, new Outcome.Checked(null));
        create(A, "a");
        turns(1);
        assertEquals(before + 1, log.batches.size());
        assertEquals(List.of(State.QUEUED, State.SUBMITTING),
                log.job(0, A).times().history().stream().map(Transition::state).toList());
        assertEquals(2, log.job(0, A).rev(), "every transition has its record");
        assertEquals(List.of(Op.CREATE), calls.ops());
        calls.whileChecking = () -> calls.answer(Op.CHECK, new Outcome.Checked(JobError.user("Bad", "bad")));
        create(B, "b");
        turns(1);
        assertEquals(before + 2, log.batches.size());
        assertEquals(State.FAILED, log.job(0, B).state());
        turns(3);
        assertEquals(List.of(Op.CREATE), calls.ops(), "and it is not checked again");
    }

    @Test
    void aLaneWaitsToBeWokenAndNeverSpinsUntilATimeHasCome() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        assertEquals(List.of(Op.CREATE), calls.ops());
        turns(1);
        assertEquals(Duration.ofMillis(100), port.waited, "its reply will wake the lane");
        calls.answer(Op.CREATE, EXISTS);
        turns(2);
        for (int i = 0; i < 100 && calls.ops().isEmpty(); i++) {
            now = now.plusNanos(50_300_000);
            turns(1);
            assertTrue(port.waited.isZero() || port.waited.toNanos() >= 1_000_000,
                    "a wait that a poll would round to none: " + port.waited);
        }
        assertEquals(List.of(Op.POLL), calls.ops());
    }

    @Test
    void whatAPredecessorLeftOpenIsEndedRatherThanWaitedFor() {
        var end = "end what is open in 0";
        open(10);
        port.unstable = true;
        turns(3);
        assertFalse(log.trail.contains(end), "a commit's own markers take a moment");
        now = now.plusMillis(500);
        turns(2);
        assertEquals(1, Collections.frequency(log.trail, end));
        now = now.plusSeconds(2);
        turns(2);
        assertEquals(2, Collections.frequency(log.trail, end), "and asked again, for it may have failed");

        port.unstable = false;
        create(A, "a");
        now = now.plusSeconds(1);
        turns(5);
        assertEquals(State.QUEUED, log.job(0, A).state());
        log.trail.clear();
        log.stableTo = 1;
        open(10);
        turns(3);
        assertFalse(log.trail.contains(end));
        now = now.plusMillis(500);
        turns(2);
        assertEquals(1, Collections.frequency(log.trail, end), "also where only the state is hidden");
        log.stableTo = Integer.MAX_VALUE;
        turns(3);
        assertEquals(1, lane.ready());
    }

    @Test
    void aSuccessorDrivesAgainUnderTheSameKey() throws Exception {
        open(10);
        create(A, "spec of a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        var first = calls.waiting.getFirst().call();
        restart();
        turns(5);
        var again = calls.waiting.getFirst().call();
        assertEquals(Op.CREATE, again.op());
        assertEquals(first.externalKey(), again.externalKey());
        assertEquals(Bytes.of("spec of a".getBytes()), again.spec().call(), "the spec is read back from the log");
    }

    @Test
    void whatBelongsToALostPartitionIsDropped() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        var stale = calls.waiting.removeFirst();
        int written = log.state(0).size();
        port.take(0);
        turns(1);
        assertEquals(0, lane.live());
        assertFalse(stale.call().lease().getAsBoolean(), "no call is started for a partition that is gone");
        stale.done().accept(EXISTS);
        turns(1);
        assertEquals(written, log.state(0).size(), "a result of an earlier assignment is dropped");
        port.give(0);
        turns(3);
        stale.done().accept(EXISTS);
        turns(1);
        assertEquals(State.SUBMITTING, log.job(0, A).state(), "also after the partition came back");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        assertEquals(State.RUNNING, log.job(0, A).state());
    }

    @Test
    void aFailedCommitStartsNothing() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        log.failCommits = true;
        assertThrows(LogFailure.class, () -> turns(1));
        assertEquals(List.of(), calls.ops(), "R9: never on from memory");
    }

    @Test
    void aWorkerThatWasPausedStartsNoCall() {
        open(10);
        create(A, "a");
        turns(3);
        var call = calls.waiting.getFirst().call();
        assertTrue(call.lease().getAsBoolean());
        now = now.plus(LogPort.SESSION.dividedBy(2)).plusMillis(1);
        assertFalse(call.lease().getAsBoolean());
    }

    @Test
    void aWorkerThatWakesStartsNothingUntilATransactionHasShownThatItOwnsWhatItHolds() {
        running(A);
        int commits = log.batches.size();
        later(Duration.ofSeconds(2));
        var poll = calls.answer(Op.POLL, new Outcome.Running(false, null, null, List.of(), null, null));
        turns(1);
        later(Duration.ofSeconds(2));
        assertEquals(List.of(Op.POLL), calls.ops());
        assertEquals(commits, log.batches.size(), "whoever turns need not show it");
        calls.answer(Op.POLL, new Outcome.Running(false, null, null, List.of(), null, null));
        turns(1);
        now = now.plusSeconds(9);
        turns(1);
        assertEquals(commits + 1, log.batches.size(), "there was nothing to write, and it was written");
        assertEquals(List.of(Op.POLL), calls.ops(), "nobody had taken over: it goes on");
        calls.answer(Op.POLL, new Outcome.Running(false, null, null, List.of(), null, null));
        turns(1);
        now = now.plusSeconds(9);
        log.failCommits = true;
        assertThrows(LogFailure.class, () -> lane.turn());
        assertEquals(List.of(), calls.ops());
        assertFalse(poll.call().lease().getAsBoolean(), "what has waited for its turn since is not started either");
    }

    @Test
    void aWorkerThatSleptWhileItRestoredShowsThatItOwnsWhatItRestored() {
        running(A);
        restart();
        log.readAtOnce = 1;
        turns(2);
        assertEquals(0, lane.ready());
        now = now.plusSeconds(9);
        turns(1);
        log.failCommits = true;
        assertThrows(LogFailure.class, () -> turns(20));
        assertEquals(List.of(), calls.ops());
        restart();
        turns(20);
        assertEquals(1, lane.ready(), "who did not sleep need not");
    }

    /** Its heartbeats are lost, its calls are not: it is expelled, cannot know it, and turns. */
    @Test
    void aCreateIsNotRepeatedByWhoeverCannotCommit() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        for (int i = 0; i < 3; i++) {
            calls.answer(Op.CREATE, new Outcome.Unknown("no answer", false));
            turns(1);
            int commits = log.batches.size();
            for (int seconds = 0; calls.waiting.isEmpty(); seconds++) {
                assertTrue(seconds < 9);
                later(Duration.ofSeconds(1));
            }
            assertEquals(commits + 1, log.batches.size(), "nothing is new, and yet each create is covered");
        }
        calls.answer(Op.CREATE, new Outcome.Unknown("no answer", false));
        turns(1);
        log.failCommits = true;
        assertThrows(LogFailure.class, () -> {
            for (int seconds = 0; seconds < 9; seconds++) {
                later(Duration.ofSeconds(1));
            }
        });
        assertEquals(List.of(), calls.ops());
    }

    @Test
    void nothingOfALaneThatEndedIsStarted() {
        running(A);
        later(Duration.ofSeconds(2));
        var poll = calls.waiting.getFirst();
        assertTrue(poll.call().lease().getAsBoolean());
        lane.end();
        assertFalse(poll.call().lease().getAsBoolean());
    }

    @Test
    void aFullWorkerLetsJobsWaitInTheirOrder() {
        open(1);
        create(A, "a");
        create(B, "b");
        turns(3);
        calls.waiting.reversed().forEach(h -> h.done().accept(new Outcome.Checked(null)));
        calls.waiting.clear();
        turns(2);
        assertEquals(List.of(Op.CREATE), calls.ops());
        var waiting = List.of(A, B).stream().filter(id -> log.job(0, id).state() == State.WAITING).toList();
        assertEquals(1, waiting.size());
        assertEquals("this worker carries 1 of 1 jobs; this one waits for its turn",
                log.job(0, waiting.get(0)).message());
        calls.answer(Op.CREATE, new Outcome.Rejected(JobError.user("Bad", "bad")));
        turns(2);
        assertEquals(State.SUBMITTING, log.job(0, waiting.get(0)).state(), "the slot goes to who waits");
        assertEquals(List.of(Op.CREATE), calls.ops());
    }

    @Test
    void noCallComesBeforeThePlatformsPatienceIsOver() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        calls.answer(Op.CREATE, new Outcome.Retry(Duration.ofSeconds(100), "busy"));
        turns(1);
        later(Duration.ofMillis(99_900));
        assertEquals(List.of(), calls.ops(), "a delay is never made shorter: quarantines count on it");
        later(Duration.ofMillis(10_200));
        assertEquals(List.of(Op.CREATE), calls.ops());
    }

    @Test
    void aCancelMeetsItsCreateInFlight() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        log.command(0, A.bytes(), Commands.cancel(0, "ann", ""), now);
        turns(1);
        assertEquals(State.CANCELLING, log.job(0, A).state());
        assertEquals(List.of(Op.CREATE), calls.ops(), "one call of a job at a time");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        calls.answer(Op.DELETE, new Outcome.Cancelled());
        turns(1);
        assertEquals(State.CANCELLED, log.job(0, A).state());
    }

    @Test
    void aRepeatedCreateChangesNothing() {
        open(10);
        create(A, "a");
        turns(3);
        var before = log.job(0, A);
        create(A, "another");
        turns(1);
        assertEquals(before, log.job(0, A));
        assertEquals(2, log.committed.get(0), "but it is folded");
    }

    @Test
    void anEndedJobIsRememberedForItsWindowAndThenForgotten() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(JobError.user("Bad", "bad")));
        turns(1);
        now = now.plus(WINDOW).minusMillis(1);
        create(A, "a");
        turns(1);
        assertEquals(0, log.job(0, A).incarnation(), "within the window it is the same job");
        now = now.plusMillis(1);
        create(A, "a");
        turns(1);
        assertEquals(2, log.job(0, A).incarnation(), "after it the id starts anew");
        calls.answer(Op.CHECK, new Outcome.Checked(JobError.user("Bad", "bad")));
        turns(1);
        now = now.plus(WINDOW.multipliedBy(2));
        turns(1);
        assertNull(log.job(0, A), "a tombstone");
        restart();
        turns(4);
        create(A, "a");
        turns(1);
        assertEquals(3, log.job(0, A).incarnation());
    }

    @Test
    void aRepeatWithinTheWindowStaysOneThoughNoWorkerWasThereToSeeIt() {
        open(10);
        create(A, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(JobError.user("Bad", "bad")));
        turns(1);
        now = now.plus(WINDOW).minusMillis(1);
        create(A, "a");
        now = now.plus(WINDOW);
        restart();
        turns(5);
        assertEquals(2, log.committed.get(0), "it is folded");
        assertEquals(0, lane.live(), "readers have called it a repeat: it must not run again");
        now = now.plus(WINDOW);
        turns(1);
        assertNull(log.job(0, A), "and after that the job is forgotten");
    }

    @Test
    void poisonBecomesADeadLetterAndTheLaneGoesOn() {
        open(10);
        log.command(0, A.bytes(), new byte[]{1, 2, 3}, now);
        create(B, "b");
        turns(3);
        assertEquals(State.FAILED, log.job(0, A).state());
        assertEquals("Undecodable", log.job(0, A).error().code());
        assertEquals(State.QUEUED, log.job(0, B).state());
        assertEquals(1, log.dead.size());
        var before = log.job(0, B);
        log.command(0, B.bytes(), new byte[0], now);
        log.command(0, new byte[]{9}, new byte[0], now);
        turns(1);
        assertEquals(before.state(), log.job(0, B).state(), "a job that is there is left alone");
        assertEquals(1, log.job(0, B).conditions().size(), "but told");
        assertEquals(3, log.dead.size());
        assertEquals(4, log.committed.get(0));
    }

    @Test
    void poisonOfAnySizeFitsTheDeadLetters() {
        open(10);
        log.command(0, A.bytes(), new byte[(2 << 20) - 100], now);
        log.command(0, new byte[1 << 20], new byte[1 << 20], now);
        turns(3);
        assertEquals(2, log.dead.size());
        for (var dead : log.dead) {
            int size = dead.value().length + (dead.key() == null ? 0 : dead.key().length);
            assertTrue(size < (2 << 20) - 1000, "it must fit into a record, or the lane fails for ever: " + size);
        }
    }

    @Test
    void aNewerWriterStopsTheLane() {
        open(10);
        turns(3);
        log.command(0, A.bytes(), CommandRecord.newBuilder().setMajor(2).build().toByteArray(), now);
        assertThrows(Stopped.class, () -> turns(1));
    }

    @Test
    void aNewerWritersStateStopsTheLaneToo() {
        log.state(0)
                .add(new LogPort.State(0, 0, Keys.job(A), JobRecord.newBuilder().setMajor(2).build().toByteArray()));
        open(10);
        assertThrows(Stopped.class, () -> turns(3));
    }

    @Test
    void aLaneThatSleptWhileItReadBeginsAgain() {
        log.state(0).add(new LogPort.State(0, 0, Keys.watermark(), new Watermark(3, 1, "tx").write()));
        log.committed.put(0, 9L);
        open(10);
        // the watermark of position 9 was compacted away, for its successor has written a later one
        port.meanwhile = () -> log.state(0)
                .add(new LogPort.State(0, log.state(0).size(), Keys.watermark(), new Watermark(12, 2, "next").write()));
        assertThrows(LogFailure.class, () -> turns(4));
    }

    @Test
    void aPartitionWhoseHistoryIsMissingStopsTheLane() {
        log.committed.put(0, 5L);
        open(10);
        assertTrue(assertThrows(Stopped.class, () -> turns(4)).getMessage().contains("no watermark"));
        log.committed.clear();
        log.state(0).add(new LogPort.State(0, 0, Keys.watermark(), new Watermark(3, 1, "tx").write()));
        log.committed.put(0, 9L);
        open(10);
        assertTrue(assertThrows(Stopped.class, () -> turns(4)).getMessage().contains("beyond the watermark"));
        log.committed.put(0, 1L);
        open(10);
        turns(4);
        assertTrue(log.trail.contains("resume 0 at 3"), "the watermark decides");
    }

    @Test
    void aJobRunsOnceThoughItsWorkerDiesAtEveryTurn() {
        var random = new Random(7);
        open(10);
        create(A, "a");
        for (int i = 0; i < 400 && (log.job(0, A) == null || !log.job(0, A).state().terminal()); i++) {
            turns(1);
            if (random.nextInt(9) == 0) {
                restart();
                turns(4);
            }
            now = now.plusMillis(500);
            calls.waiting.removeIf(h -> {
                h.done().accept(switch (h.call().op()) {
                    case CHECK -> new Outcome.Checked(null);
                    case CREATE -> EXISTS;
                    default -> new Outcome.Succeeded(Bytes.of(new byte[0]), null);
                });
                return true;
            });
        }
        assertEquals(State.SUCCEEDED, log.job(0, A).state());
        assertEquals(1, log.job(0, A).attempt().number());
        long rev = 0;
        for (var record : log.state(0)) {
            if (Keys.kind(record.key()) == Keys.Kind.JOB) {
                long next = rev(record);
                assertEquals(rev + 1, next, "states never go backwards");
                rev = next;
            }
        }
        assertNotEquals(0, rev);
    }

    /** A last resort, which the design allows: what waits behind the creates are cancels too. */
    @Test
    void aLaneThatHoldsTooManyJobsTakesNoCommandsUntilSomeHaveEnded() {
        maxLive = 2;
        open(10);
        turns(3);
        create(A, "a");
        create(B, "b");
        turns(1);
        assertFalse(port.paused, "it is full, but nobody has come yet");
        assertEquals(2, lane.live());
        create(C, "c");
        turns(2);
        assertTrue(port.paused);
        assertEquals(2, lane.live(), "what came after it was full is left in the log");
        assertNull(log.job(0, C));
        succeed(A);
        assertEquals(State.SUCCEEDED, log.job(0, A).state(), "what it holds goes on to its end");
        turns(2);
        assertNotNull(log.job(0, C));
        assertEquals(2, lane.live());
        assertTrue(port.paused);
    }

    /** Found by the simulation: what lives may wait for nothing but a cancel. */
    @Test
    void aFullLaneInWhichNothingEndsTakesSomeCommandsAllTheSame() {
        maxLive = 2;
        open(10);
        create(A, "a");
        create(B, "b");
        turns(4);
        assertTrue(port.paused);
        log.command(0, A.bytes(), Commands.cancel(0, "test", ""), now);
        later(Duration.ofSeconds(9));
        assertTrue(port.paused);
        assertNull(log.job(0, A).cancel());
        later(Duration.ofSeconds(1));
        assertEquals(State.CANCELLED, log.job(0, A).state());
        turns(1);
        assertFalse(port.paused, "and so it goes on by itself");
    }

    @Test
    void aPartitionThatLeavesTakesItsLoadAlong() {
        maxLive = 2;
        open(10);
        create(A, "a");
        create(B, "b");
        turns(4);
        assertTrue(port.paused);
        port.take(0);
        turns(2);
        assertFalse(port.paused);
        port.give(0);
        turns(3);
        assertEquals(2, lane.live());
        assertTrue(port.paused, "a restored row weighs what it weighed");
    }

    @Test
    void aLargeSpecIsReadAgainRatherThanKept() throws Exception {
        open(10);
        for (var spec : List.of("a".repeat(8 * 1024), "b".repeat(8 * 1024 + 1))) {
            var id = spec.startsWith("a") ? A : B;
            create(id, spec);
            turns(3);
            calls.answer(Op.CHECK, new Outcome.Checked(null));
            turns(2);
            var create = calls.waiting.getLast().call();
            assertEquals(Op.CREATE, create.op());
            assertEquals(spec, new String(create.spec().call().array(), StandardCharsets.UTF_8));
            assertEquals(id == A ? 0 : 1, port.specs);
        }
    }

    @Test
    void largeOutputsAreWrittenSomeAtATime() {
        var mailbox = new Mailbox();
        for (int i = 0; i < 40; i++) {
            mailbox.put(new Mailbox.Mail(null, new Input.Result(0, 1, Op.POLL,
                    new Outcome.Succeeded(Bytes.of(new byte[256 * 1024]), null))));
        }
        assertEquals(32, mailbox.take(2000).size());
        assertEquals(8, mailbox.take(2000).size());
    }

    private void succeed(JobId id) {
        for (var op : List.of(Op.CHECK, Op.CREATE, Op.POLL)) {
            var held = calls.waiting.stream()
                    .filter(h -> h.call().op() == op && h.call().job().id().equals(id))
                    .findFirst()
                    .orElseThrow();
            calls.waiting.remove(held);
            held.done().accept(switch (op) {
                case CHECK -> new Outcome.Checked(null);
                case CREATE -> EXISTS;
                default -> new Outcome.Succeeded(Bytes.of(new byte[0]), null);
            });
            turns(1);
            later(Duration.ofSeconds(2));
        }
    }

    private static long rev(LogPort.State record) {
        try {
            return JobRecords.read(A, record.value()).rev();
        } catch (Undecodable e) {
            throw new AssertionError(e);
        }
    }

    private void open(int maxJobs) {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), WINDOW);
        var type = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", policy, maxJobs);
        port = log.open();
        port.give(0);
        lane = new Lane(type, "installation", port, calls, () -> now, new Random(1), maxLive,
                new LaneMeters("fake", new SimpleMeterRegistry()));
    }

    private void running(JobId id) {
        open(10);
        create(id, "a");
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
    }

    /** The process dies: its calls' results go nowhere, and a new one takes the partition over. */
    private void restart() {
        calls.waiting.clear();
        log.trail.clear();
        open(10);
    }

    private void create(JobId id, String spec) {
        log.command(0, id.bytes(), create(spec), now);
    }

    private static byte[] create(String spec) {
        var bytes = Bytes.of(spec.getBytes());
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

    /** What the trail holds after its n-th entry of this text. */
    private List<String> after(String entry, int count) {
        int at = -1;
        for (int i = 0; i < count; i++) {
            at += 1 + log.trail.subList(at + 1, log.trail.size()).indexOf(entry);
        }
        return log.trail.subList(at + 1, log.trail.size());
    }
}
