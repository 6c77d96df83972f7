package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Progress;
import dev.outboard.standalone.exit.ExitCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code outboard run}. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Runs a job, waits for its end and prints its outputs.",
        "A lost connection is no harm: the same request is repeated and makes one job.",
        "Prints (-o): its outputs as a table, the job as json, or its id (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                Exits.SUCCEEDED, Exits.FAILED, Exits.USAGE, Exits.NOT_FOUND, Exits.UNAUTHORIZED, Exits.REFUSED,
                Exits.CANCELLED, Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard run -f examples/duckdb-report.json",
                        "  ./outboard run -f job.json --key nightly-2026-11-20    the same job if run twice",
                        "  generate-job | ./outboard run -f - -o json > job.json"})
public final class RunVerb extends ClientVerb {
    @Mixin
    private JobSource source;

    private Progress progress;

    /** Fields are set by picocli, progress before the first use. */
    @SuppressWarnings("NullAway.Init")
    RunVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.NAME);
    }

    @Override
    Duration usualPatience() {
        return LONG_PATIENCE;
    }

    @Override
    void tell(String line) {
        progress.line(line);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var ready = source.read("run", surroundings().in());
        progress = Progress.on(spec().commandLine().getErr(), surroundings().terminal());
        try (var hint = StopHint.beforeAnswer(progress, ready.again())) {
            var created = ready.create(client, this);
            hint.jobIs(created.job().id());
            tell(JobSource.told(created));
            return report(follow(client, created.job()));
        } finally {
            progress.end();
        }
    }

    private Job follow(OutboardClient client, Job created) throws InterruptedException {
        progress.show(created);
        var ended = created.ended()
                ? created
                : Following.follow(client, created.id(), progress::show, progress::tick);
        progress.end();
        return ended;
    }

    private ExitCode report(Job job) {
        if (format() == Format.JSON) {
            print(Json.pretty(job.json()));
        } else if (format() == Format.NAME) {
            print(job.id());
        }
        var exit = Outcome.tell(job, this::tell);
        if (format() == Format.TABLE && exit == ExitCode.OK && Outcome.hasOutputs(job)) {
            print(Outcome.outputs(job));
        }
        return exit;
    }
}
