package dev.outboard.standalone.cli;

import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.exit.ExitCode;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code outboard create}. */
@Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Hands a job over and prints its id, without waiting for its end.",
        "A lost connection is no harm: the same request is repeated and makes one job.",
        "Prints (-o): its id (name), or the job as json or jsonl.",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                "0:the job is accepted", Exits.USAGE, Exits.NOT_FOUND, Exits.UNAUTHORIZED, Exits.REFUSED,
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard create -f examples/duckdb-report.json",
                        "  JOB=$(generate-job | ./outboard create -f -) && ./outboard wait \"$JOB\" --timeout 10m"})
public final class CreateVerb extends ClientVerb {
    @Mixin
    private JobSource source;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    CreateVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var created = source.read("create", surroundings().in()).create(client, this);
        var job = created.job();
        print(switch (format()) {
            case JSON -> Json.pretty(job.json());
            case JSONL -> Json.line(job.json());
            default -> job.id();
        });
        if (created.replayed()) {
            tell(JobSource.told(created));
        }
        tell("next: see how it ends with ./outboard wait " + job.id());
        return ExitCode.OK;
    }
}
