package dev.outboard.runtime.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The rounds of one connector. Any thread. */
public final class BatchMeters {
    private final String connector;
    private final MeterRegistry registry;
    private final Counter jobs;

    public BatchMeters(String connector, MeterRegistry registry) {
        this.connector = connector;
        this.registry = registry;
        jobs = Counter.builder("outboard.batch.jobs")
                .description("Jobs that batch polls told of, or said to be unchanged")
                .tags("connector", connector)
                .register(registry);
    }

    void waiting(Supplier<Number> polls) {
        Gauge.builder("outboard.batch.waiting", polls)
                .description("Polls that wait for the news of a batch poll")
                .tags("connector", connector)
                .register(registry);
    }

    /** @param whole true if it asked for everything */
    void ended(boolean whole, boolean failed, long nanos, int told) {
        Timer.builder("outboard.batch")
                .description("Time of a connector's batch polls")
                .tags("connector", connector, "asked", whole ? "all" : "changes", "outcome", failed ? "failed" : "told")
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        jobs.increment(told);
    }
}
