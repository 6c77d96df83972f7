package dev.outboard.dispatcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.JobFilter;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Replay;
import dev.outboard.dispatcher.view.Resolution;
import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole dispatcher on a real broker: two readers, one lane, a fake platform. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsIT {
    private static final Policy POLICY = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5),
            Duration.ofDays(7));
    private static final ServedType TYPE = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1", POLICY, 100);

    private final FakePlatform platform = new FakePlatform();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Broker broker;
    private LogConfig config;
    private LaneRunner lane;
    private Jobs jobs;
    private Jobs other;

    @BeforeAll
    void start(@TempDir Path dir) {
        broker = Broker.start(dir.resolve("kafka"), 0, Map.of());
        config = LogConfig.at(broker.bootstrap()).withPartitions(4);
        lane = LaneRunner.start(TYPE, config, platform, Long.MAX_VALUE, new SimpleMeterRegistry());
        jobs = new KafkaJobs(config, meters);
        other = new KafkaJobs(config, new SimpleMeterRegistry());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jobs.ready() && other.ready()
                        && jobs.taskTypes().stream().anyMatch(t -> t.name().equals("fake") && t.served())
                        && !other.taskTypes().isEmpty());
    }

    @AfterAll
    void stop() {
        jobs.close();
        other.close();
        lane.close();
        platform.close();
        broker.close();
    }

    @Test
    void runsAJobToItsEnd() throws Exception {
        platform.finishAtOnce = true;
        var created = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job();
        assertEquals(State.QUEUED, created.job().state());
        var id = created.job().id();
        assertInstanceOf(Reading.Found.class, other.read(id, created.position()),
                "read your create on a second replica");
        var ended = ended(other, id);
        assertEquals(State.SUCCEEDED, ended.job().state());
        assertEquals(1, ended.job().attempt().number());
        assertEquals(1, meters.get("outboard.view.ready").gauge().value());
        assertTrue(meters.get("outboard.api.barrier.rounds").counter().count() > 0);
        await().untilAsserted(
                () -> assertTrue(meters.get("outboard.view.staleness").tag("task_type", "fake").timer().count() >= 3));
        await().untilAsserted(() -> assertEquals(0,
                meters.get("outboard.view.lag.records").tag("log", "state").gauge().value()));
        var late = new SimpleMeterRegistry();
        try (var third = new KafkaJobs(config, late)) {
            await().atMost(Duration.ofSeconds(20)).until(third::ready);
            assertTrue(late.get("outboard.jobs").tag("state", "SUCCEEDED").gauge().value() > 0);
            assertEquals(0, late.get("outboard.view.staleness").timer().count(), "what was read back is not news");
        }
        assertEquals("a", new String(other.spec(ended).orElseThrow().array(), StandardCharsets.UTF_8));
    }

    @Test
    void repeatedCreatesAreOneJob() throws Exception {
        platform.finishAtOnce = true;
        var first = assertInstanceOf(Creation.Accepted.class, jobs.create(job("k1", "a"))).job();
        var again = assertInstanceOf(Creation.Replayed.class, other.create(job("k1", "a"))).job();
        assertEquals(first.job().id(), again.job().id());
        var conflict = assertInstanceOf(Creation.Conflict.class, other.create(job("k1", "b")));
        assertEquals(first.job().id(), conflict.id());
        ended(jobs, first.job().id());
        assertEquals(1, platform.jobOfKey.values().stream().filter(first.job().id().toString()::equals).count());
    }

    @Test
    void cancelsWhatRuns() throws Exception {
        platform.finishAtOnce = false;
        var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job().job().id();
        await().until(() -> found(jobs, id).job().state() == State.RUNNING);
        var owed = assertInstanceOf(Cancellation.Owed.class, jobs.cancel(id, "test", "enough"));
        var after = assertInstanceOf(Reading.Found.class, other.read(id, owed.job().position()));
        assertTrue(after.job().state() == State.CANCELLING || after.job().state() == State.CANCELLED,
                "a read at the cancel's position sees it: " + after.job().state());
        assertEquals(State.CANCELLED, ended(other, id).job().state());
        assertInstanceOf(Cancellation.Ended.class, other.cancel(id, "test", ""));
        var key = platform.jobOfKey.entrySet()
                .stream()
                .filter(e -> e.getValue().equals(id.toString()))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertEquals(FakePlatform.Run.CANCELLED, platform.runs.get(key));
    }

    @Test
    void aPersonEndsTheDoubt() throws Exception {
        platform.holdCreates = true;
        try {
            var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job().job().id();
            await().until(() -> found(jobs, id).job().state() == State.SUBMITTING);
            var made = new Verdict.Created(new Handle("", "", 2, "by-hand"));
            var taken = assertInstanceOf(Resolution.Taken.class, other.resolve(id, 1, made, "ann"));
            var running = assertInstanceOf(Reading.Found.class, jobs.read(id, taken.job().position())).job();
            assertEquals(State.RUNNING, running.state());
            assertEquals(new Handle("fake", "1", 2, "by-hand"), running.attempt().handle());
            assertEquals("resolved by ann: created", running.times().history().getLast().note());
            assertInstanceOf(Resolution.Unfit.class, other.resolve(id, null, new Verdict.NeverCreated(), "ann"));
            assertInstanceOf(Resolution.Unfit.class, jobs.resolve(id, 2, new Verdict.Failed("given up"), "ann"));
            assertInstanceOf(Resolution.Taken.class, jobs.resolve(id, null, new Verdict.Failed("given up"), "ann"));
            var ended = ended(other, id).job();
            assertEquals("Resolved", ended.error().code());
            assertInstanceOf(Resolution.Unfit.class, other.resolve(id, null, new Verdict.Failed("again"), "ann"));
            assertInstanceOf(Resolution.Unknown.class,
                    jobs.resolve(Identity.random(new Random()), null, new Verdict.Failed("x"), "ann"));
        } finally {
            platform.holdCreates = false;
        }
    }

    @Test
    void whatCannotBeTakenIsShownAndItsNeighboursGoOn() throws Exception {
        platform.finishAtOnce = true;
        var id = Identity.random(new Random());
        var place = send(id, new byte[]{1, 2, 3});
        var after = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job().job().id();
        assertEquals(State.SUCCEEDED, ended(jobs, after).job().state());
        var failed = ended(other, id).job();
        assertEquals("Undecodable", failed.error().code());
        assertTrue(failed.error().message().endsWith("./outboard deadletter show " + place), failed.error().message());
        var letter = other.deadLetters("fake", 10).getFirst();
        assertEquals(place, letter.place());
        assertEquals(id, letter.job());
        assertEquals(List.of(), other.deadLetters("another", 10));
        var opened = other.deadLetter(place).orElseThrow();
        assertEquals(Bytes.of(new byte[]{1, 2, 3}), opened.value());
        assertTrue(opened.unreadable().startsWith("no protobuf"), opened.unreadable());
        assertTrue(other.deadLetter("fake.c0.999999").isEmpty());
    }

    /** The second letter stands for what a later version reads in the first: the same command, decodable. */
    @Test
    void aLetterThatCanBeReadLaterIsReplayed() throws Exception {
        platform.finishAtOnce = true;
        var id = Identity.random(new Random());
        var place = send(id, new byte[]{1, 2, 3});
        var failed = ended(jobs, id).job();
        assertInstanceOf(Replay.Unreadable.class, jobs.replay(place));
        assertInstanceOf(Replay.Unknown.class, jobs.replay("fake.c0.999999"));
        var spec = Bytes.of(new byte[]{7});
        var accepted = new Accepted("fake", 0, new Tenant("p", "d"), "n", Map.of(), spec, 1, null, Instant.EPOCH);
        bury(id, failed.incarnation(), Commands.create(accepted, spec, null));
        var first = assertInstanceOf(Replay.Taken.class, other.replay(place)).job();
        var anew = assertInstanceOf(Reading.Found.class, jobs.read(id, first.position())).job();
        assertTrue(anew.incarnation() > failed.incarnation(), "it has begun anew");
        assertEquals(State.SUCCEEDED, ended(jobs, id).job().state());
        assertEquals(anew.incarnation(), ended(jobs, id).job().incarnation());
        assertInstanceOf(Replay.Unfit.class, jobs.replay(place), "once");
        assertEquals(1, platform.jobOfKey.values().stream().filter(id.toString()::equals).count());
    }

    @Test
    void aCancelThatCouldNotBeTakenIsAskedForAgain() throws Exception {
        platform.finishAtOnce = false;
        var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job().job().id();
        await().until(() -> found(jobs, id).job().state() == State.RUNNING);
        long incarnation = found(jobs, id).job().incarnation();
        var place = bury(id, 1_000_000, Commands.cancel(incarnation, "ann", "enough"));
        assertInstanceOf(Replay.Taken.class, other.replay(place));
        assertEquals(State.CANCELLED, ended(jobs, id).job().state());
        assertInstanceOf(Replay.Unfit.class, jobs.replay(place));
    }

    /** Puts a letter beside the worker; gives its place. */
    private String bury(JobId id, long offset, byte[] command) throws Exception {
        int partition = id.partition(4);
        try (var producer = new Clients(config).producer(Map.of())) {
            var letter = DeadLetter.write("fake", partition, offset, Instant.now(), "by hand", command);
            producer.send(new ProducerRecord<>(config.names().deadLetters(), 0, id.bytes(), letter)).get();
        }
        return DeadLetter.place("fake", partition, offset);
    }

    /** Puts a command beside the API; gives its place. */
    private String send(JobId id, byte[] value) throws Exception {
        int partition = id.partition(4);
        try (var producer = new Clients(config).producer(Map.of())) {
            var written = producer
                    .send(new ProducerRecord<>(config.names().commands("fake"), partition, id.bytes(), value))
                    .get();
            return "fake.c" + partition + "." + written.offset();
        }
    }

    @Test
    void aSecondWorkerTakesOver() throws Exception {
        platform.finishAtOnce = false;
        var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job(null, "a"))).job().job().id();
        await().until(() -> found(jobs, id).job().state() == State.RUNNING);
        lane.close();
        platform.finishAtOnce = true;
        lane = LaneRunner.start(TYPE, config, platform, Long.MAX_VALUE, new SimpleMeterRegistry());
        var ended = ended(jobs, id);
        assertEquals(State.SUCCEEDED, ended.job().state());
        assertEquals(1, ended.job().attempt().number());
        assertEquals(1, platform.created.entrySet()
                .stream()
                .filter(e -> id.toString().equals(platform.jobOfKey.get(e.getKey())))
                .mapToInt(e -> e.getValue().get())
                .sum());
    }

    @Test
    void knowsWhatItDoesNotKnow() throws Exception {
        assertInstanceOf(Reading.Unknown.class, jobs.read(Identity.random(new Random()), null));
        assertInstanceOf(Cancellation.Unknown.class, jobs.cancel(Identity.random(new Random()), "test", ""));
    }

    @Test
    void whatIsNotKeptWholeIsReadBack() throws Exception {
        platform.finishAtOnce = true;
        var late = new SimpleMeterRegistry();
        // keeps no ended job whole
        try (var third = new KafkaJobs(config, new ViewLimits(10, 1 << 20, 1), late)) {
            await().atMost(Duration.ofSeconds(20)).until(third::ready);
            var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job("k2", "a"))).job().job().id();
            var ended = ended(jobs, id);
            await().untilAsserted(() -> assertEquals(ended, third.read(id, ended.position())));
            assertTrue(late.get("outboard.view.archived.jobs").gauge().value() > 0);
            assertEquals(0, late.get("outboard.view.jobs").tag("jobs", "ended").gauge().value());
            assertEquals(ended, assertInstanceOf(Creation.Replayed.class, third.create(job("k2", "a"))).job());
            assertInstanceOf(Creation.Conflict.class, third.create(job("k2", "b")));
            assertInstanceOf(Cancellation.Ended.class, third.cancel(id, "test", ""));
            assertEquals("a", new String(third.spec(ended).orElseThrow().array(), StandardCharsets.UTF_8));
            var filter = new JobFilter(Set.of(State.SUCCEEDED), Set.of("fake"), "p", "d", "n", Map.of());
            assertTrue(third.list(filter, null, 100).jobs().contains(ended));
        }
    }

    private static Reading.Found found(Jobs jobs, JobId id) {
        return assertInstanceOf(Reading.Found.class, jobs.read(id, null));
    }

    private static Reading.Found ended(Jobs jobs, JobId id) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> found(jobs, id), f -> f.job().state().terminal());
    }

    private static NewJob job(String key, String spec) {
        var bytes = Bytes.of(spec.getBytes(StandardCharsets.UTF_8));
        return new NewJob("fake", 0, new Tenant("p", "d"), "n", Map.of(), bytes, 3, null, key, bytes);
    }
}
