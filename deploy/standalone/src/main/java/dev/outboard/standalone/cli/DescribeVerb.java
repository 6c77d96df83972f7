package dev.outboard.standalone.cli;

import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.JobDescription;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.exit.ExitCode;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outboard describe}. */
@Command(name = "describe", mixinStandardHelpOptions = true, description = {
        "Tells all that is known of a job, and what to do next.",
        "Its history with times, attempts, conditions, links, outputs, error and cancel.",
        "Prints (-o): a description (table), or json.",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                Exits.DONE, Exits.USAGE, "3:no such job", Exits.UNAUTHORIZED,
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {"  ./outboard describe JOB"})
public final class DescribeVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", description = "The job's id, as run printed it.")
    private String job;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DescribeVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var now = client.get(jobId(job));
        print(format() == Format.JSON
                ? Json.pretty(now.json())
                : JobDescription.of(now, surroundings().clock().instant()));
        return ExitCode.OK;
    }
}
