package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.spi.Connector;
import dev.outboard.spi.OutputStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A worker around some connectors, and jobs to ask it about. */
final class Fixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Duration WINDOW = Duration.ofDays(7);
    static final JobId ID = new JobId(1, 2);
    static final String INSTALLATION = "here";
    static final String KEY = "k".repeat(52);
    static final Secrets SECRETS = new Secrets(
            Map.of("OUTBOARD_SECRET_TOKEN", "hunter2-hunter2", "OUTBOARD_SECRET_PIN", "1234"), List.of());

    final MeterRegistry meters = new SimpleMeterRegistry();
    final Connectors connectors;
    final Stores stores;
    final ConnectorEffects effects;

    Fixture(Connector connector) {
        this(connector, 256, Duration.ofSeconds(10));
    }

    Fixture(Connector connector, int callsAtATime, Duration closeWait) {
        connectors = Connectors.open(List.of(connector), Set.of(), setup(Path.of("target", "data"), Map.of()));
        stores = Stores.none();
        effects = new ConnectorEffects(connectors, stores, callsAtATime, closeWait, meters);
    }

    Fixture(Connector connector, List<OutputStore> found, Map<String, String> settings) {
        connectors = Connectors.open(List.of(connector), Set.of(), setup(Path.of("target", "data"), settings));
        stores = Stores.open(found, connectors);
        effects = new ConnectorEffects(connectors, stores, meters);
    }

    static WorkerSetup setup(Path dataDir, Map<String, String> settings) {
        return new WorkerSetup("w1", settings, dataDir, SECRETS, CLOCK, WINDOW);
    }

    static Job job(String taskType, Handle handle) {
        var accepted = new Accepted(taskType, 1, new Tenant("p", "d"), "t", Map.of("team", "blue"),
                Bytes.of(new byte[0]), 3, null, NOW);
        var attempt = new Attempt(2, 0, 0, null, NOW, handle, false, List.of(), null, null);
        return new Job(ID, 5, 1, accepted, State.RUNNING, null, attempt, List.of(), null, null, null, null,
                Times.accepted(NOW));
    }

    static Call call(Op op) {
        return call(op, () -> Spec.pack(CreateTaskRequest.getDefaultInstance()), () -> true);
    }

    static Call call(Op op, Callable<Bytes> spec, BooleanSupplier lease) {
        return new Call(op, job("sql", new Handle("Fake", "1.0", 3, "h")), INSTALLATION, KEY, spec, lease, _ -> {
        });
    }

    static Call call(Op op, Job job) {
        return new Call(op, job, INSTALLATION, KEY, () -> Spec.pack(CreateTaskRequest.getDefaultInstance()),
                () -> true, _ -> {
                });
    }

    CompletableFuture<Outcome> start(Call call) {
        var outcome = new CompletableFuture<Outcome>();
        effects.start(call, told -> {
            if (!outcome.complete(told)) {
                throw new AssertionError("a second outcome: " + told);
            }
        });
        return outcome;
    }

    Outcome ask(Op op) throws Exception {
        return ask(call(op));
    }

    Outcome ask(Call call) throws Exception {
        return start(call).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        effects.close();
        stores.close();
        connectors.close();
    }
}
