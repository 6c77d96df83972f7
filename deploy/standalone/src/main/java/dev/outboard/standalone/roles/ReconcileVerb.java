package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.runtime.Platform;
import dev.outboard.runtime.sweep.Looked;
import dev.outboard.runtime.sweep.Repair;
import dev.outboard.runtime.sweep.SteadyClock;
import dev.outboard.runtime.sweep.Sweep;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard reconcile}. */
@Command(name = "reconcile", mixinStandardHelpOptions = true, description = {
        "Finds what a platform runs and no job answers for, and jobs that a platform has lost.",
        "It needs the connector's settings and secrets, as the workers have them. What time may yet",
        "explain is looked at twice, a call's deadline and a minute apart.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:nothing found, or all of it fixed", "1:something found is left", "2:wrong usage",
                "3:no worker has ever served this task type", "5:the connector cannot list its jobs",
                "8:the platform or Kafka could not be asked"}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard reconcile --kafka localhost:9092 --task-type spark",
                        "  ./outboard reconcile --kafka localhost:9092 --task-type spark --fix -o json"})
public final class ReconcileVerb implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PROGRESS = Duration.ofSeconds(15);
    /** Of no weight here: nothing is remembered. */
    private static final Duration WINDOW = Duration.ofDays(7);

    /** How the report is printed. */
    enum Format {
        /** Columns for a person. */
        TABLE,
        /** One object. */
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ConnectorOptions connectors;

    @Mixin
    private LogOptions logging;

    @Option(names = "--task-type", paramLabel = "TYPE", required = true, description = "The task type to look at.")
    private String taskType;

    @Option(names = "--fix", description = "Stops orphans and fails jobs whose external job is lost.")
    private boolean fix;

    @Option(names = "--settle", paramLabel = "DURATION", description = "How far apart the two looks are, ISO-8601; less is unsafe while jobs run (default: the connector's call deadline and a minute).")
    private @Nullable Duration settle;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "Prints: table or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ReconcileVerb() {}

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var config = kafka.config();
        try (var opened = connectors.open(Set.of(taskType), WINDOW);
                var jobs = log(config);
                var _ = Foreground.closeOnSignal(jobs, err)) {
            var platform = opened.connectors().platform(taskType);
            awaitKnown(jobs, config, err);
            var clock = new SteadyClock();
            var sweep = new Sweep(platform, settle == null ? platform.settling() : settle, clock);
            var seen = look(sweep, jobs, platform);
            if (seen.due() != null) {
                err.println(seen.suspected() + " not explained yet: time may explain them");
                awaitDue(seen.due(), clock, err);
                seen = look(sweep, jobs, platform);
            }
            var lines = fix ? new Repair(platform, jobs).fix(seen) : Repair.untouched(seen);
            var report = new SweepReport(platform, seen, lines);
            var text = format == Format.JSON ? report.json() : report.table();
            if (!text.isEmpty()) {
                out.println(text);
            }
            err.println(report.counts());
            if (!report.clean() || report.unsettled() > 0) {
                err.println("next: " + next(report));
            }
            return (report.clean() ? ExitCode.OK : ExitCode.FAILED).code();
        }
    }

    private String next(SweepReport report) {
        return report.clean()
                ? "run it again in a few minutes, for what it could not explain yet"
                : fix ? "see what the platform says of those, and run it again" : "put it right with --fix";
    }

    private SweptLog log(LogConfig config) {
        try {
            return new SweptLog(config, taskType);
        } catch (LogFailure e) {
            throw new Failure(ExitCode.USAGE, "cannot make a client for Kafka at " + config.bootstrap() + ": "
                    + e.getMessage(), "mend --kafka HOST:PORT or --kafka-set");
        }
    }

    private void awaitKnown(SweptLog jobs, LogConfig config, PrintWriter err) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        if (!Waiting.until(jobs::ready, () -> System.nanoTime() > end,
                () -> "waiting for " + jobs.waitingFor() + ", at " + config.bootstrap(), err)) {
            throw new Failure(ExitCode.UNREACHABLE, "the log could not be read within " + PATIENCE.toSeconds()
                    + " s: waiting for " + jobs.waitingFor(), "see that Kafka answers at " + config.bootstrap());
        }
        if (!jobs.known()) {
            throw new Failure(ExitCode.NOT_FOUND, "no worker has ever served the task type " + taskType + " here",
                    "see ./outboard task-types, and that --kafka and --prefix are those of the workers");
        }
    }

    private Looked.Seen look(Sweep sweep, SweptLog jobs, Platform platform) throws InterruptedException {
        try {
            return switch (sweep.look(jobs)) {
                case Looked.Seen seen -> seen;
                case Looked.CannotList(var why) -> throw new Failure(ExitCode.REFUSED, "the connector "
                        + platform.connector() + " cannot list its jobs: " + why,
                        "nothing is to be done here; look at the platform's own list if you doubt it");
            };
        } catch (Platform.Unanswered e) {
            throw new Failure(ExitCode.UNREACHABLE, platform.connector() + " could not list the platform's jobs: "
                    + e.getMessage(), "see that the platform answers and the connector's settings are right");
        } catch (TimeoutException e) {
            throw new Failure(ExitCode.UNREACHABLE, "the log could not be read: " + e.getMessage(),
                    "see that Kafka answers, then run it again");
        }
    }

    private static void awaitDue(Instant due, InstantSource clock, PrintWriter err) throws InterruptedException {
        for (var left = left(due, clock); left.isPositive(); left = left(due, clock)) {
            err.println("looking again in " + (left.toMillis() + 999) / 1000 + " s");
            Thread.sleep(left.compareTo(PROGRESS) < 0 ? left : PROGRESS);
        }
    }

    private static Duration left(Instant due, InstantSource clock) {
        return Duration.between(clock.instant(), due);
    }
}
