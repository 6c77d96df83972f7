package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outboard get}. */
@Command(name = "get", mixinStandardHelpOptions = true, description = {"Shows how a job is doing.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard get j2d4k6m8n3p5q7s2t4v6x2z3b5",
                "  ./outboard get JOB -o json | jq .outputs"})
public final class GetVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", description = "The job's id, as run printed it.")
    private String job;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    GetVerb() {}

    @Override
    ExitCode act(JobsClient client, Patience patience) throws JobsException, InterruptedException {
        var id = jobId(job);
        var answer = patience.call(() -> client.get(id));
        print(json() ? Json.pretty(answer.json()) : JobSheet.of(answer.value()));
        return ExitCode.OK;
    }
}
