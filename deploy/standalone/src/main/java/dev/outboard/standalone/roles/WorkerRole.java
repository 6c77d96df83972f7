package dev.outboard.standalone.roles;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    private Ops ops;

    @Mixin
    private LogOptions log;

    @Option(names = "--task-types", paramLabel = "TYPE", split = ",", description = "Task types to serve (default: all that its connectors know).")
    private Set<String> taskTypes = Set.of();

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "outboard-data", description = "Folder for what connectors write, such as DuckDB's results (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "A connector's setting: connectors.NAME.SETTING=VALUE.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--secrets", paramLabel = "DIR", description = "Folder with a file per secret, beside /etc/secrets and OUTBOARD_SECRET_<NAME>.")
    private @Nullable Path secrets;

    @Option(names = "--window", paramLabel = "DURATION", defaultValue = "P7D", description = "How long an ended job is remembered, ISO-8601 (default: ${DEFAULT-VALUE}).")
    private Duration window;

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
        var worker = Worker.start(config, taskTypes, settings, data.toAbsolutePath().normalize(), secrets,
                atLeast(window, config.retention()), maxLive, metrics.registry());
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
