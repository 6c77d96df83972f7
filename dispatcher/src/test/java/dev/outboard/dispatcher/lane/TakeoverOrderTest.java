package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Watermark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A worker takes thousands of jobs over, all of them overdue: what is owed is called for first, polls last. */
class TakeoverOrderTest {
    private static final int JOBS = 5_000;
    private static final Policy POLICY = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5),
            Duration.ofHours(1));
    private static final Lifecycle LIFECYCLE = new Lifecycle(POLICY);
    private static final Bytes SPEC = Bytes.of(new byte[]{1});
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final MemoryLog log = new MemoryLog();
    private final HeldCalls calls = new HeldCalls(log.trail);
    private final Random random = new Random(3);
    private Instant now = START;

    @Test
    void whatIsOwedComesFirstThenWhatIsInDoubtAndPollsLast() {
        for (int i = 0; i < JOBS; i++) {
            record(job(new JobId(8, i), i));
        }
        record(Keys.watermark(), new Watermark(JOBS, 1, "dead").write());
        log.committed.put(0, (long) JOBS);
        var lane = successor();
        while (lane.ready() == 0) {
            lane.turn();
        }
        var first = List.copyOf(calls.waiting);
        assertEquals(sorted(first), first, "cancels, the oldest first; creates in doubt; new jobs; polls");
        assertEquals(List.of(State.CANCELLING, State.SUBMITTING, State.QUEUED),
                first.stream().map(held -> held.call().job().state()).distinct().limit(3).toList());
        assertEquals(JOBS * 4 / 10, first.stream().filter(held -> held.call().op() != Op.POLL).count());
        assertTrue(first.size() < JOBS / 2, "polls are spread over a second, so hardly one is due at once");

        lane.turn();
        var second = calls.waiting.subList(first.size(), calls.waiting.size());
        assertEquals(List.of(Op.DELETE), second.stream().map(held -> held.call().op()).distinct().toList(),
                "time-outs that passed while nobody looked come before any poll");
        assertEquals(JOBS / 10, second.size());

        for (int i = 0; i < 111; i++) {
            int before = calls.waiting.size();
            now = now.plusMillis(10);
            lane.turn();
            assertTrue(calls.waiting.size() - before < 100, "a herd of polls");
        }
        assertEquals(JOBS, calls.waiting.size(), "each job has its call after the second and its jitter");
    }

    private static List<HeldCalls.Held> sorted(List<HeldCalls.Held> calls) {
        return calls.stream().sorted(Comparator.comparing(held -> {
            var job = held.call().job();
            return switch (job.state()) {
                case CANCELLING -> "a" + job.cancel().at();
                case SUBMITTING -> "b" + job.attempt().submittedAt();
                case QUEUED -> "c" + job.accepted().at();
                default -> "d";
            };
        })).toList();
    }

    private Lane successor() {
        now = START.plusSeconds(300);
        var port = log.open();
        port.give(0);
        return new Lane(new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", POLICY, JOBS), "i", port, calls,
                () -> now, random, Long.MAX_VALUE, new LaneMeters("fake", new SimpleMeterRegistry()));
    }

    /** As its worker left it, some time in the last five minutes. */
    private Job job(JobId id, int number) {
        var at = START.plusSeconds(random.nextInt(100));
        var timeout = number % 10 == 4 ? Duration.ofSeconds(30) : null;
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), SPEC, 1, timeout, at);
        var queued = LIFECYCLE.begin(new Input.Create(id, accepted, number, null));
        var cancel = new Input.CancelAsked(id, number, "me", "");
        var submitted = LIFECYCLE.fold(queued, new Input.Admit(), at.plusSeconds(random.nextInt(10)));
        var running = LIFECYCLE.fold(submitted, new Input.Result(number, 1, Op.CREATE,
                new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of())), at.plusSeconds(10));
        var later = at.plusSeconds(20 + random.nextInt(100));
        return switch (number % 10) {
            case 0 -> LIFECYCLE.fold(running, cancel, later);
            case 1 -> LIFECYCLE.fold(submitted, cancel, later);
            case 2 -> submitted;
            case 3 -> queued;
            default -> running;
        };
    }

    private void record(Job job) {
        record(Keys.job(job.id()), JobRecords.write(job));
        record(Keys.spec(job.id()), SpecRecords.write(job.incarnation(), SPEC));
    }

    private void record(byte[] key, byte[] value) {
        log.state(0).add(new LogPort.State(0, log.state(0).size(), key, value));
    }
}
