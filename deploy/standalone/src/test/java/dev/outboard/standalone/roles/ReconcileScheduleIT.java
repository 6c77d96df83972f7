package dev.outboard.standalone.roles;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.runtime.Plugins;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.standalone.crash.LedgerConnector;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker sweeps by itself: it tells what it finds, and puts it right only if it may. */
class ReconcileScheduleIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ORPHAN = "o".repeat(52);

    @TempDir
    Path dir;
    private Path folder;

    @Test
    void tellsByItsMetersAndFixesOnlyIfItMay() throws Exception {
        folder = Files.createDirectory(dir.resolve("platform"));
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of())) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(2);
            var telling = new SimpleMeterRegistry();
            try (var worker = worker(config, false, telling);
                    var jobs = new KafkaJobs(config, new SimpleMeterRegistry())) {
                assertEquals(0, gauge(telling, "last.run"));
                await().atMost(LIMIT).until(() -> worker.ready() && jobs.ready() && !jobs.taskTypes().isEmpty());
                var job = ((Creation.Accepted) jobs.create(new NewJob("ledger", 0, new Tenant("p", "d"), "n", Map.of(),
                        Bytes.of(new byte[]{1}), 1, null, null, Spec.pack(CreateTaskRequest.getDefaultInstance()))))
                        .job();
                await().atMost(LIMIT)
                        .until(() -> jobs.read(job.job().id(), job.position()) instanceof Reading.Found f
                                && f.job().state() == State.RUNNING);
                plant(jobs.installation());
                await().atMost(LIMIT).until(() -> gauge(telling, "orphans") == 1);
                assertEquals(0, gauge(telling, "missing"));
                assertEquals("running", Files.readString(folder.resolve(ORPHAN)), "it may only tell");
            }
            var fixing = new SimpleMeterRegistry();
            try (var worker = worker(config, true, fixing)) {
                await().atMost(LIMIT).until(() -> Files.readString(folder.resolve(ORPHAN)).equals("cancelled"));
                await().atMost(LIMIT).until(() -> gauge(fixing, "last.run") > 0);
                assertEquals(0, gauge(fixing, "orphans"));
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.filter(Files::isRegularFile).filter(file -> reads(file, "running")).count(),
                    "the job that is as it should be");
        }
    }

    private Worker worker(LogConfig config, boolean fix, MeterRegistry registry) {
        var setup = new WorkerSetup("w1", Map.of("connectors.ledger.folder", folder.toString()), dir.resolve("data"),
                new Secrets(Map.of(), List.of()), Clock.systemUTC(), Duration.ofDays(7));
        return Worker.start(config, Plugins.open(List.of(), List.of(new LedgerConnector()), Set.of("ledger"), setup),
                new ReconcileSchedule.Plan(Duration.ofMillis(300), fix, Duration.ofMillis(100)), null, registry);
    }

    private void plant(String installation) throws IOException {
        Files.write(folder.resolve("labels").resolve(ORPHAN), List.of(installation, "ledger", "j" + "a".repeat(26)));
        Files.writeString(folder.resolve(ORPHAN), "running");
    }

    private static boolean reads(Path file, String state) {
        try {
            return Files.readString(file).equals(state);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double gauge(MeterRegistry registry, String what) {
        return registry.get("outboard.reconcile." + what).tag("task_type", "ledger").gauge().value();
    }
}
