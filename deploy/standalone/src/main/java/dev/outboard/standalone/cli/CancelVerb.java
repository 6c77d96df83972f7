package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard cancel}. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = {"Stops a job.",
        "It is CANCELLING until its platform has confirmed that it stopped.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard cancel JOB",
                "  ./outboard cancel JOB --reason 'wrong input'"})
public final class CancelVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", description = "The job's id, as run printed it.")
    private String job;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the job.")
    private @Nullable String reason;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    CancelVerb() {}

    @Override
    ExitCode act(JobsClient client, Patience patience) throws JobsException, InterruptedException {
        var id = jobId(job);
        var asked = patience.call(() -> client.cancel(id, reason)); // stopping twice is stopping once
        var answer = stopping(asked.value()) ? asked : after(client, asked);
        var now = answer.value();
        print(json() ? Json.pretty(answer.json()) : now.id() + "  " + now.state());
        if (!stopping(now)) {
            tell("the cancel is in the log; no worker has taken it yet");
        }
        if (!now.ended()) {
            tell("next: see how it ends with ./outboard get " + now.id());
        } else if (!now.state().equals("CANCELLED")) {
            tell("the job had ended before: " + now.state());
        }
        return ExitCode.OK;
    }

    private static boolean stopping(Job job) {
        return job.ended() || job.state().equals("CANCELLING");
    }

    /** The server answers as soon as the cancel is in the log, with the job as it was; a moment later a worker has it. */
    private static Answer<Job> after(JobsClient client, Answer<Job> asked) throws InterruptedException {
        var position = Json.text(asked.json(), "position");
        try {
            return position == null ? asked : client.get(asked.value().id(), position);
        } catch (JobsException _) {
            return asked; // the cancel is owed all the same
        }
    }
}
