package dev.outboard.runtime.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The rounds of one connector, and of what takes its place. Any thread. */
public final class BatchMeters {
    private final String connector;
    private final MeterRegistry registry;
    private final Counter jobs;
    /** Of those that are not closed: what is closed must not be kept in memory by its gauge. */
    private final Set<IntSupplier> waiting = ConcurrentHashMap.newKeySet();

    public BatchMeters(String connector, MeterRegistry registry) {
        this.connector = connector;
        this.registry = registry;
        jobs = Counter.builder("outboard.batch.jobs")
                .description("Jobs that batch polls told of, or said to be unchanged")
                .tags("connector", connector)
                .register(registry);
        Gauge.builder("outboard.batch.waiting", () -> waiting.stream().mapToInt(IntSupplier::getAsInt).sum())
                .description("Polls that wait for the news of a batch poll")
                .tags("connector", connector)
                .register(registry);
    }

    /** Counts these too, until {@link #gone}. */
    void waiting(IntSupplier polls) {
        waiting.add(polls);
    }

    void gone(IntSupplier polls) {
        waiting.remove(polls);
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
