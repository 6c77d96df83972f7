package dev.outboard.dispatcher.view;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What this process's view of the log tells of itself. Any thread. */
final class ViewMeters {
    private static final Duration[] TIMES = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
            Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(2)};

    final Counter barrierRounds;
    final Timer barrierPassed;
    final Timer barrierNotReached;
    final Timer barrierNotAsked;
    private final MeterRegistry registry;
    private final Predicate<String> served;

    /** @param served whether a worker serves a task type; asked at each scrape */
    ViewMeters(MeterRegistry registry, Predicate<String> served) {
        this.registry = registry;
        this.served = served;
        barrierRounds = Counter.builder("outboard.api.barrier.rounds")
                .description("Questions to Kafka of how far its logs reach; all who wait share one")
                .register(registry);
        barrierPassed = barrier("passed");
        barrierNotReached = barrier("not_reached");
        barrierNotAsked = barrier("not_asked");
    }

    private Timer barrier(String outcome) {
        return Timer.builder("outboard.api.barrier")
                .description("Time that a read waits to be sure that it shows the latest")
                .tag("outcome", outcome)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    void whole(Types types, Watches watches, Memory memory) {
        Gauge.builder("outboard.view.ready", () -> types.ready() ? 1 : 0)
                .description("1 once this process has caught up with the logs")
                .register(registry);
        bytes("live", memory::liveBytes);
        bytes("ended", memory::endedBytes);
        Gauge.builder("outboard.view.archived.jobs", () -> types.all().stream().mapToInt(TypeView::archived).sum())
                .description("Ended jobs of which this process keeps a line, and reads the rest when asked")
                .register(registry);
        Gauge.builder("outboard.watched.jobs", watches::size)
                .description("Jobs that somebody waits for news of")
                .register(registry);
    }

    private void bytes(String jobs, Supplier<Number> value) {
        Gauge.builder("outboard.view.jobs", value)
                .description("Memory that jobs take which this process keeps whole, about")
                .baseUnit("bytes")
                .tag("jobs", jobs)
                .register(registry);
    }

    TypeMeters of(TypeView view) {
        return new TypeMeters(view, served, registry);
    }
}
