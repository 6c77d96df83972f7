package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.lane.Tally.Taken;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the lanes of one task type do in this process, one after another: it outlives each. It has no clock: every duration
 * is told by the lane, which has one. Written by the lane's thread, read by any.
 */
public final class LaneMeters {
    private static final Duration[] WAITS = {Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5)};
    private static final Duration[] COMMITS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
            Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1),
            Duration.ofSeconds(5)};

    private final Tags tags;
    private final MeterRegistry registry;
    private final Timer turns;
    private final Timer commits;
    private final DistributionSummary records;
    private final Timer restores;
    private final Timer pollAges;
    private final Timer createDelays;
    private final Counter deadLetters;
    private final Counter failures;
    private final Counter[] commands;
    private final Timer succeeded;
    private final Timer failedByUser;
    private final Timer failedBySystem;
    private final Timer cancelled;
    private volatile int held;
    private volatile int restoring;
    private volatile int live;
    private volatile boolean paused;

    public LaneMeters(String taskType, MeterRegistry registry) {
        this.registry = registry;
        tags = Tags.of("task_type", taskType);
        turns = Timer.builder("outboard.lane.turn")
                .description("Time of a lane's turn, without its wait for news")
                .tags(tags)
                .register(registry);
        commits = Timer.builder("outboard.lane.commit")
                .description("Time of a lane's transaction")
                .tags(tags)
                .serviceLevelObjectives(COMMITS)
                .register(registry);
        records = DistributionSummary.builder("outboard.lane.commit.records")
                .description("Records in a lane's transaction")
                .tags(tags)
                .register(registry);
        restores = Timer.builder("outboard.lane.restore")
                .description("Time from the assignment of a partition until its state has been read back")
                .tags(tags)
                .register(registry);
        pollAges = Timer.builder("outboard.poll.age")
                .description("Age of the platform's last word on a job when a poll found another")
                .tags(tags)
                .serviceLevelObjectives(WAITS)
                .register(registry);
        createDelays = Timer.builder("outboard.create.delay")
                .description("Time from a create's entry into the log until its call to the platform")
                .tags(tags)
                .serviceLevelObjectives(WAITS)
                .register(registry);
        deadLetters = Counter.builder("outboard.dead.letters")
                .description("Commands that could not be decoded and are kept as dead letters")
                .tags(tags)
                .register(registry);
        failures = Counter.builder("outboard.lane.failures")
                .description("Times that a lane began again from the log after a failure")
                .tags(tags)
                .register(registry);
        commands = Stream.of(Taken.values()).map(this::commands).toArray(Counter[]::new);
        succeeded = ended(State.SUCCEEDED, "none");
        failedByUser = ended(State.FAILED, "user");
        failedBySystem = ended(State.FAILED, "system");
        cancelled = ended(State.CANCELLED, "none");
        partitions("held", () -> held);
        partitions("restoring", () -> restoring);
        Gauge.builder("outboard.lane.jobs", () -> live)
                .description("Jobs of this worker that have not ended")
                .tags(tags)
                .register(registry);
        paused();
    }

    private void paused() {
        Gauge.builder("outboard.lane.paused", () -> paused ? 1 : 0)
                .description("1 while the lane holds so many live jobs that it takes no more commands")
                .tags(tags)
                .register(registry);
    }

    private Counter commands(Taken taken) {
        return Counter.builder("outboard.lane.commands")
                .description("Commands taken from the log, by what came of them")
                .tags(tags.and("outcome", taken.name().toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    private Timer ended(State state, String error) {
        return Timer.builder("outboard.job")
                .description("Time from a job's entry into the log to its end")
                .tags(tags.and("state", state.name(), "error", error))
                .register(registry);
    }

    private void partitions(String status, Supplier<Number> count) {
        Gauge.builder("outboard.lane.partitions", count)
                .description("Partitions of this worker, by whether it serves them or still reads them back")
                .tags(tags.and("status", status))
                .register(registry);
    }

    void committed(Tally tally, Duration took) {
        commits.record(positive(took));
        records.record(tally.records);
        deadLetters.increment(tally.deadLetters);
        tally.commands.forEach((taken, count) -> commands[taken.ordinal()].increment(count));
        tally.ended.forEach(this::ended);
    }

    private void ended(Job job) {
        var error = job.error();
        var timer = switch (job.state()) {
            case SUCCEEDED -> succeeded;
            case CANCELLED -> cancelled;
            default -> error != null && error.kind() == JobError.Kind.USER ? failedByUser : failedBySystem;
        };
        var end = job.times().endedAt();
        timer.record(end == null ? Duration.ZERO : positive(Duration.between(job.accepted().at(), end)));
    }

    void turned(Duration took) {
        turns.record(positive(took));
    }

    void restored(Duration took) {
        restores.record(positive(took));
    }

    void pollAge(Duration age) {
        pollAges.record(positive(age));
    }

    void submitted(Duration delay) {
        createDelays.record(positive(delay));
    }

    void paused(boolean now) {
        paused = now;
    }

    void failed() {
        failures.increment();
        paused = false;
        holds(0, 0, 0);
    }

    /** How many partitions are served, how many read back, and how many jobs live in them. */
    void holds(int ready, int reading, int jobs) {
        held = ready;
        restoring = reading;
        live = jobs;
    }

    /** Two machines' clocks, or one that was set back, may say otherwise; a timer drops what is negative. */
    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
