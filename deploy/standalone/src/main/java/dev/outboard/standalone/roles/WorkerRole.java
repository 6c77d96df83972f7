package dev.outboard.standalone.roles;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard worker}. */
@Command(name = "worker", mixinStandardHelpOptions = true, description = {
        "Takes jobs from Kafka and runs them through connectors.",
        "Start as many as you like: they share the work, and when one dies the others go on with its jobs.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard worker --kafka localhost:9092",
                "  ./outboard worker --kafka localhost:9092 --task-types duckdb --set connectors.duckdb.threads=4"})
public final class WorkerRole implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ConnectorOptions connectors;

    @Mixin
    private Ops ops;

    @Mixin
    private LogOptions log;

    @Option(names = "--task-types", paramLabel = "TYPE", split = ",", description = "Task types to serve (default: all that its connectors know).")
    private Set<String> taskTypes = Set.of();

    @Option(names = "--window", paramLabel = "DURATION", defaultValue = "P7D", description = "How long an ended job is remembered, ISO-8601 (default: ${DEFAULT-VALUE}).")
    private Duration window;

    @Option(names = "--reconcile-every", paramLabel = "DURATION", defaultValue = "PT1H", description = "How often to look for orphans as ./outboard reconcile does, ISO-8601, PT0S for never; one worker of a task type does it (default: ${DEFAULT-VALUE}).")
    private Duration reconcileEvery;

    @Option(names = "--reconcile-fix", description = "Puts right what is found then, instead of only telling it.")
    private boolean reconcileFix;

    @Option(names = "--max-live", paramLabel = "N", description = "Jobs of a task type that have not ended, at which this worker takes no more from Kafka until some have (default: as many as a quarter of its heap holds).")
    private @Nullable Integer maxLive;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    WorkerRole() {}

    @Override
    public Integer call() throws Exception {
        var err = spec.commandLine().getErr();
        var config = kafka.config();
        var metrics = new Metrics();
        var worker = Worker.start(config, connectors.open(taskTypes, atLeast(window, config.retention())),
                new ReconcileSchedule.Plan(reconcileEvery, reconcileFix, null), maxLive, metrics.registry());
        try (metrics;
                worker;
                var _ = ops.start(worker::ready, worker::why, metrics.registry(), err);
                var _ = Foreground.closeOnSignal(worker, err)) {
            if (Waiting.until(worker::ready, worker::stopped, worker::why, err)) {
                spec.commandLine().getOut().println("worker ready, serves " + worker.taskTypes());
                err.println("next: ./outboard run -f examples/duckdb-report.json   (Ctrl-C stops the worker)");
            }
            while (!worker.stopped()) {
                Thread.sleep(500);
            }
            throw new Failure(ExitCode.USAGE, "every lane is stopped: " + worker.why(),
                    "do what it says, then start the worker again");
        }
    }

    /** A create that is repeated while its command is still in the log must find the job it repeats. */
    private static Duration atLeast(Duration window, Duration retention) {
        if (window.compareTo(retention) < 0) {
            throw new Failure(ExitCode.USAGE, "--window " + window + " is shorter than the commands' retention of "
                    + retention, "choose a longer one");
        }
        return window;
    }
}
