package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the view of one task type tells of itself, until it is closed. A scrape reads counters that are kept anyway, and
 * looks at no job.
 */
final class TypeMeters implements AutoCloseable {
    private static final Duration[] TIMES = {Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
            Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(30)};

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Timer staleness;

    TypeMeters(TypeView view, Predicate<String> served, MeterRegistry registry) {
        this.registry = registry;
        var taskType = view.taskType();
        tags = Tags.of("task_type", taskType);
        for (var state : State.values()) {
            gauge("outboard.jobs", "Jobs that are remembered, by state", tags.and("state", state.name()),
                    () -> view.listing().count(state));
        }
        view.listing().standing().forEach(this::standing);
        gauge("outboard.untaken.creates", "Creates that no worker has taken yet", tags, view::untaken);
        seconds("outboard.untaken.age", "Age of the oldest create that no worker has taken yet", tags, () -> {
            var oldest = view.oldestUntaken();
            return oldest == null ? Duration.ZERO : Duration.between(oldest, Instant.now());
        });
        gauge("outboard.view.lag.records", "Records that this process has still to read", tags.and("log", "commands"),
                view::commandLag);
        gauge("outboard.view.lag.records", "Records that this process has still to read", tags.and("log", "state"),
                view::stateLag);
        gauge("outboard.task.type.served", "1 while a worker serves the task type", tags,
                () -> served.test(taskType) ? 1 : 0);
        staleness = Timer.builder("outboard.view.staleness")
                .description("Time from a transition's entry into the log by a worker until it shows here")
                .tags(tags)
                .serviceLevelObjectives(TIMES)
                .register(registry);
        meters.add(staleness);
    }

    /** What is owed to people has a name of its own, for the alarms that must not be missed. */
    private void standing(Standing standing) {
        switch (standing.type()) {
            case CANCEL_OWED -> {
                gauge("outboard.cancel.debt.jobs", "Jobs whose cancel the platform has not confirmed", tags,
                        standing::count);
                seconds("outboard.cancel.debt.age", "Age of the oldest cancel that the platform has not confirmed",
                        tags, () -> standing.longest(Instant.now()));
            }
            case OUTCOME_UNKNOWN -> {
                gauge("outboard.outcome.unknown.jobs", "Jobs of which it is not known whether they were created", tags,
                        standing::count);
                seconds("outboard.outcome.unknown.age", "How long that has not been known of the oldest of them", tags,
                        () -> standing.longest(Instant.now()));
            }
            default -> {
                var with = tags.and("condition", standing.type().text());
                gauge("outboard.jobs.with.condition", "Jobs that have this condition", with, standing::count);
                seconds("outboard.condition.age", "How long the job has the condition that has had it longest", with,
                        () -> standing.longest(Instant.now()));
            }
        }
    }

    private void gauge(String name, String description, Tags with, Supplier<Number> value) {
        meters.add(Gauge.builder(name, value).description(description).tags(with).register(registry));
    }

    private void seconds(String name, String description, Tags with, Supplier<Duration> value) {
        meters.add(Gauge.builder(name, () -> Math.max(0, value.get().toNanos() / 1e9))
                .description(description)
                .baseUnit("seconds")
                .tags(with)
                .register(registry));
    }

    /**
     * A transition can be seen now.
     *
     * @param written when the worker wrote it, in milliseconds since 1970 by the worker's clock
     */
    void shown(long written) {
        staleness.record(Math.max(0, System.currentTimeMillis() - written), TimeUnit.MILLISECONDS);
    }

    /** A retired task type is told of no more. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
