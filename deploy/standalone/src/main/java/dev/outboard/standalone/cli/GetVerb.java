package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.JobSheet;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Progress;
import dev.outboard.standalone.cli.show.Terminal;
import dev.outboard.standalone.exit.ExitCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard get}. */
@Command(name = "get", mixinStandardHelpOptions = true, description = {"Shows how a job is doing.",
        "With --watch also each change as it comes, until its end, and exits as the job ended.",
        "Prints (-o): a sheet (table; with --watch a line a change), json, jsonl, or its id (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                "0:shown; with --watch: the job succeeded", "1:with --watch: the job failed", Exits.USAGE,
                Exits.NOT_FOUND, Exits.UNAUTHORIZED, "7:with --watch: the job was cancelled",
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard get j2d4k6m8n3p5q7s2t4v6x2z3b5",
                        "  ./outboard get JOB --watch",
                        "  ./outboard get JOB -o json | jq .outputs"})
public final class GetVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", description = "The job's id, as run printed it.")
    private String job;

    @Option(names = {"-w", "--watch"}, description = "Follow the job to its end.")
    private boolean watch;

    private String last = "";

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    GetVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    Duration usualPatience() {
        return watch ? LONG_PATIENCE : SHORT_PATIENCE;
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var id = jobId(job);
        if (!watch) {
            print(shown(client.get(id)));
            return ExitCode.OK;
        }
        try (var _ = StopHint.of(Progress.on(spec().commandLine().getErr(), Terminal.NONE), List.of(id))) {
            return Outcome.tell(Following.follow(client, id, this::change, () -> {
            }), this::tell);
        }
    }

    private String shown(Job now) {
        return switch (format()) {
            case JSON -> Json.pretty(now.json());
            case JSONL -> Json.line(now.json());
            case NAME -> now.id();
            default -> watch ? line(now) : JobSheet.of(now);
        };
    }

    /** Called by one thread. */
    private void change(Job now) {
        var text = shown(now);
        if (!text.equals(last)) {
            last = text;
            print(text);
            spec().commandLine().getOut().flush();
        }
    }

    private String line(Job now) {
        return Objects.requireNonNullElseGet(now.updatedAt(), () -> surroundings().clock().instant()) + "  "
                + Progress.line(now);
    }
}
