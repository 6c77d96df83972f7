package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.Names;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.Descriptor;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Watermark;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TypeMetersTest {
    private static final JobId A = new JobId(1, 2);
    private static final JobId B = new JobId(1, 3);
    private static final Instant NOW = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
    private static final Lifecycle LIFECYCLE = new Lifecycle(
            new Policy(Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofDays(7)));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TypeView type = new TypeView(
            new Descriptor("fake", new TreeSet<>(List.of(0)), "fake", "1", Guarantee.ADOPT, 1, "c", "s"),
            new Names("outboard"), null, null, new Watches(),
            new Memory(ViewLimits.ofHeap()), (_, _) -> Optional.empty(), new ViewMeters(meters, "fake"::equals));
    private final PartitionView view = type.partition(A);

    @Test
    void statesAreCountedAsJobsMove() {
        create(A, 5);
        create(B, 6);
        assertEquals(2, value("outboard.jobs", "state", "QUEUED"));
        assertEquals(2, value("outboard.untaken.creates"));
        assertTrue(value("outboard.untaken.age") >= 600, "since " + NOW);
        var submitted = LIFECYCLE.fold(begun(A, 5), new Input.Admit(), NOW);
        state(1, submitted);
        watermark(2, 6);
        assertEquals(1, value("outboard.jobs", "state", "QUEUED"));
        assertEquals(1, value("outboard.jobs", "state", "SUBMITTING"));
        assertEquals(1, value("outboard.untaken.creates"));
        state(3, LIFECYCLE.fold(submitted, new Input.CancelAsked(A, 5, "me", ""), NOW));
        assertEquals(0, value("outboard.jobs", "state", "SUBMITTING"));
        assertEquals(1, value("outboard.jobs", "state", "CANCELLING"));
        view.state(record(4, Keys.job(A), null));
        assertEquals(0, value("outboard.jobs", "state", "CANCELLING"));
    }

    @Test
    void unknownOutcomesAreCountedAndTheirAgeIsTold() {
        assertEquals(0, value("outboard.outcome.unknown.age"));
        var first = unknown(A, 5, NOW);
        state(1, first);
        state(2, unknown(B, 6, NOW.plusSeconds(300)));
        assertEquals(2, value("outboard.outcome.unknown.jobs"));
        assertEquals(0, value("outboard.jobs.with.condition", "condition", "Throttled"));
        assertEquals(600, value("outboard.outcome.unknown.age"), 120);
        state(3, exists(first));
        assertEquals(1, value("outboard.outcome.unknown.jobs"), "A's is known now");
        assertEquals(300, value("outboard.outcome.unknown.age"), 120);
        view.state(record(4, Keys.job(B), null));
        assertEquals(0, value("outboard.outcome.unknown.jobs"));
        assertEquals(0, value("outboard.outcome.unknown.age"));
    }

    @Test
    void cancelDebtLastsUntilThePlatformConfirms() {
        assertEquals(0, value("outboard.cancel.debt.age"));
        var owed = LIFECYCLE.fold(unknown(A, 5, NOW), new Input.CancelAsked(A, 5, "me", ""), NOW.plusSeconds(60));
        state(1, owed);
        state(2, unknown(B, 6, NOW));
        assertEquals(1, value("outboard.cancel.debt.jobs"));
        assertEquals(540, value("outboard.cancel.debt.age"), 120);
        var away = LIFECYCLE.fold(exists(owed), new Input.Result(5, 1, Op.DELETE, new Outcome.Unreachable("away")),
                NOW.plusSeconds(90));
        state(3, away);
        assertEquals(1, value("outboard.cancel.debt.jobs"), "it is known what to stop, and still it runs");
        assertEquals(540, value("outboard.cancel.debt.age"), 120, "as old as the cancel");
        assertEquals(1, value("outboard.jobs.with.condition", "condition", "PlatformUnreachable"));
        state(4, LIFECYCLE.fold(away, new Input.Result(5, 1, Op.DELETE, new Outcome.Cancelled()), NOW.plusSeconds(99)));
        assertEquals(0, value("outboard.cancel.debt.jobs"));
        assertEquals(0, value("outboard.cancel.debt.age"));
    }

    @Test
    void aRetiredTypeIsToldOfNoMore() {
        assertEquals(1, value("outboard.task.type.served"));
        type.retire();
        assertNull(meters.find("outboard.task.type.served").gauge());
        assertNull(meters.find("outboard.jobs").gauge());
    }

    private double value(String name, String... tags) {
        return meters.get(name).tag("task_type", "fake").tags(tags).gauge().value();
    }

    private static Job unknown(JobId id, long offset, Instant at) {
        var submitted = LIFECYCLE.fold(begun(id, offset), new Input.Admit(), at);
        return LIFECYCLE.fold(submitted, new Input.Result(offset, 1, Op.CREATE,
                new Outcome.Unknown("no reply", false)), at);
    }

    private static Job exists(Job job) {
        return LIFECYCLE.fold(job, new Input.Result(job.incarnation(), 1, Op.CREATE,
                new Outcome.Exists(new Handle("fake", "1", 1, "h"), List.of())),
                job.times().updatedAt().plusSeconds(1));
    }

    private static Accepted accepted() {
        return new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), Bytes.of(new byte[]{1}), 1, null, NOW);
    }

    private static Job begun(JobId id, long offset) {
        return LIFECYCLE.begin(new Input.Create(id, accepted(), offset, null));
    }

    private void create(JobId id, long offset) {
        view.command(record(offset, id.bytes(), Commands.create(accepted(), Bytes.of(new byte[]{1}), null)));
    }

    private void state(long offset, Job job) {
        view.state(record(offset, Keys.job(job.id()), JobRecords.write(job)));
    }

    private void watermark(long offset, long position) {
        view.state(record(offset, Keys.watermark(), new Watermark(position, 1, "t").write()));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value) {
        return new ConsumerRecord<>("t", 0, offset, NOW.toEpochMilli(), TimestampType.LOG_APPEND_TIME, 0, 0, key,
                value, new RecordHeaders(), Optional.empty());
    }
}
