package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.JobState;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.SideBySide.Ending;
import dev.outboard.standalone.cli.show.JobRows;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Progress;
import dev.outboard.standalone.cli.show.Terminal;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard wait}. */
@Command(name = "wait", mixinStandardHelpOptions = true, description = {"Waits until jobs have ended.",
        "Each is printed when it ends, and at the time-out those that have not; the exit code is that of",
        "the worst: 6, 8, 4, 5, 3, 1, 7, 0 in this order.",
        "Prints (-o): lines of id, state and duration (table), json, jsonl, or ids (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                "0:all succeeded", "1:a job failed", Exits.USAGE, "3:no such job", Exits.UNAUTHORIZED, Exits.REFUSED,
                "6:the time ran out before all had ended", "7:a job was cancelled",
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard wait JOB --timeout 10m",
                        "  ./outboard list --live -o name | xargs ./outboard wait"})
public final class WaitVerb extends ClientVerb {
    /** As good as none. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of jobs, as run printed them.")
    private List<String> jobs;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = Durations.class, description = "How long to wait at most, such as 90s, 10m or 1h30m (default: until the end).")
    private @Nullable Duration timeout;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    WaitVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    Duration usualPatience() {
        return LONG_PATIENCE;
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var ids = jobs.stream().map(ClientVerb::jobId).distinct().toList();
        List<Ending> endings;
        try (var _ = StopHint.of(Progress.on(spec().commandLine().getErr(), Terminal.NONE), ids)) {
            endings = SideBySide.await(client, ids, timeout == null ? FOREVER : timeout, this::show);
        }
        if (format() == Format.JSON) {
            var seen = endings.stream().filter(Ending.Seen.class::isInstance).map(Ending.Seen.class::cast);
            Json.array(spec().commandLine().getOut(), "jobs", seen.map(ending -> ending.job().json()).iterator());
        }
        return endings.stream().map(this::exit).reduce(ExitCode.OK, Exits::worst);
    }

    private ExitCode exit(Ending ending) {
        return switch (ending) {
            case Ending.Seen seen -> Outcome.exitOf(seen.job());
            case Ending.Lost lost -> failure(lost.why()).exit();
        };
    }

    private void show(Ending ending) {
        switch (ending) {
            case Ending.Seen seen -> show(seen.job());
            case Ending.Lost lost -> tell(lost);
        }
    }

    private void show(Job job) {
        if (format() == Format.JSONL) {
            print(Json.line(job.json()));
        } else if (format() == Format.NAME) {
            print(job.id());
        } else if (format() == Format.TABLE) {
            print(job.id() + "  " + Text.oneLine(job.stateText()) + "  "
                    + JobRows.took(job, surroundings().clock().instant()));
        }
        spec().commandLine().getOut().flush();
        if (job.state() == JobState.FAILED) {
            tell(Outcome.reason(job));
            var error = job.error();
            tell("next: " + (error == null || error.nextStep() == null
                    ? "see ./outboard describe " + job.id()
                    : Text.oneLine(error.nextStep())));
        } else if (!job.ended()) {
            tell("job " + job.id() + " has not ended in time; it goes on");
            tell("next: see ./outboard describe " + job.id() + ", or wait longer");
        }
    }
}
