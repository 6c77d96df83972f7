package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.wire.Commands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's word while the lane has a call of the job under way, or waits to make one. */
class ResolveTest {
    private static final Handle HANDLE = new Handle("fake", "1", 1, "by hand");
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of());
    private static final JobId A = new JobId(8, 1);
    private static final JobId B = new JobId(8, 2);

    private final MemoryLog log = new MemoryLog();
    private final HeldCalls calls = new HeldCalls(log.trail);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private Lane lane;

    @BeforeEach
    void submitting() {
        open(1);
        create(A);
        turns(3);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(2);
        assertEquals(List.of(Op.CREATE), calls.ops());
    }

    @Test
    void whatWasCreatedIsPolledOnceTheCallUnderWayIsOver() {
        resolve(new Verdict.Created(HANDLE));
        assertEquals(State.RUNNING, log.job(0, A).state());
        assertEquals(List.of(Op.CREATE), calls.ops(), "one call of a job at a time");
        calls.answer(Op.CREATE, EXISTS);
        turns(1);
        later(Duration.ofSeconds(2));
        assertEquals(HANDLE, calls.waiting.getFirst().call().job().attempt().handle(),
                "the late reply changes nothing");
        calls.answer(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[0]), null));
        turns(1);
        assertEquals(State.SUCCEEDED, log.job(0, A).state());
        assertEquals(1, counted("resolved"));
    }

    @Test
    void aLateReplyToTheOldAttemptIsNoneToTheNext() {
        var old = calls.waiting.getFirst().call().externalKey();
        resolve(new Verdict.NeverCreated());
        assertEquals(State.WAITING, log.job(0, A).state(), "not before the call under way is over");
        calls.answer(Op.CREATE, EXISTS);
        turns(2);
        assertEquals(State.SUBMITTING, log.job(0, A).state());
        assertEquals(2, log.job(0, A).attempt().number());
        assertEquals(List.of(Op.CREATE), calls.ops());
        assertNotEquals(old, calls.waiting.getFirst().call().externalKey());
    }

    @Test
    void noTimerOfTheOldAttemptCallsForTheNext() {
        calls.answer(Op.CREATE, new Outcome.Unknown("no answer", false));
        turns(1);
        resolve(new Verdict.NeverCreated());
        assertEquals(State.SUBMITTING, log.job(0, A).state(), "its slot was free at once");
        assertEquals(2, log.job(0, A).attempt().number());
        calls.answer(Op.CREATE, new Outcome.Unknown("no answer", false));
        turns(1);
        create(B);
        turns(1);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(1);
        assertEquals(State.WAITING, log.job(0, B).state());
        resolve(new Verdict.NeverCreated());
        assertEquals(State.SUBMITTING, log.job(0, B).state(), "who waited longer gets the slot");
        assertEquals(State.WAITING, log.job(0, A).state());
        calls.waiting.clear();
        later(Duration.ofMinutes(5));
        assertEquals(List.of(), calls.ops(), "no create without its committed intent");
        assertEquals(State.WAITING, log.job(0, A).state());
    }

    @Test
    void aJobThatIsGivenUpFreesItsSlot() {
        create(B);
        turns(1);
        calls.answer(Op.CHECK, new Outcome.Checked(null));
        turns(1);
        resolve(new Verdict.Failed("the account is deleted"));
        assertEquals(State.FAILED, log.job(0, A).state());
        assertEquals(State.SUBMITTING, log.job(0, B).state());
        assertEquals(1, lane.live());
        calls.waiting.getFirst().done().accept(EXISTS);
        turns(1);
        assertEquals(State.FAILED, log.job(0, A).state(), "a late reply does not bring it back");
        resolve(new Verdict.Failed("again"));
        assertEquals(1, counted("dropped"));
    }

    @Test
    void aSuccessorKnowsWhatWasSaid() {
        resolve(new Verdict.Created(HANDLE));
        calls.waiting.clear();
        open(1);
        turns(4);
        later(Duration.ofSeconds(2));
        assertEquals(HANDLE, calls.waiting.getFirst().call().job().attempt().handle());
        assertEquals(List.of(Op.POLL), calls.ops());
    }

    private double counted(String outcome) {
        return meters.get("outboard.lane.commands").tag("outcome", outcome).counter().count();
    }

    private void open(int maxJobs) {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofHours(1));
        var type = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", policy, maxJobs);
        var port = log.open();
        port.give(0);
        lane = new Lane(type, "installation", port, calls, () -> now, new Random(1), Long.MAX_VALUE,
                new LaneMeters("fake", meters));
    }

    private void create(JobId id) {
        var bytes = Bytes.of(new byte[]{1});
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), bytes, 1, null, Instant.EPOCH);
        log.command(0, id.bytes(), Commands.create(accepted, bytes, null), now);
    }

    private void resolve(Verdict verdict) {
        log.command(0, A.bytes(), Commands.resolve(0, log.job(0, A).attempt().number(), verdict, "bob"), now);
        turns(1);
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
