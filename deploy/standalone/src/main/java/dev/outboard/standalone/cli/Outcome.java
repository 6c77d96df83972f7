package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.JobState;
import dev.outboard.standalone.cli.show.Elapsed;
import dev.outboard.standalone.cli.show.ErrorText;
import dev.outboard.standalone.cli.show.Literals;
import dev.outboard.standalone.cli.show.NextStep;
import dev.outboard.standalone.cli.show.Stored;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.List;
import java.util.function.Consumer;

/** How a verb that follows one job ends when the job has ended. */
final class Outcome {
    private Outcome() {}

    static ExitCode exitOf(Job job) {
        return switch (job.state()) {
            case SUCCEEDED -> ExitCode.OK;
            case CANCELLED -> ExitCode.CANCELLED;
            case FAILED -> ExitCode.FAILED;
            default -> ExitCode.TIMED_OUT; // it had not ended when it was seen last
        };
    }

    /**
     * Tells a person.
     *
     * @throws Failure if the job failed, which tells why
     */
    static ExitCode tell(Job job, Consumer<String> err) {
        if (job.state() == JobState.SUCCEEDED) {
            var took = job.took();
            err.accept("job " + job.id() + " succeeded" + (took == null ? "" : " in " + Elapsed.of(took))
                    + (hasOutputs(job) ? "" : ", no outputs"));
        } else if (job.state() == JobState.CANCELLED) {
            err.accept("job " + job.id() + " was cancelled");
            err.accept("next: who and why is told by ./outboard get " + job.id());
        } else {
            throw failed(job);
        }
        return exitOf(job);
    }

    static boolean hasOutputs(Job job) {
        return !job.outputs().isEmpty() || job.storedOutputs() != null;
    }

    /** The outputs as a table, or the file that has them; empty where there are none. */
    static String outputs(Job job) {
        var stored = Stored.outputs(job);
        return stored != null
                ? stored
                : Table.of(job.outputs()
                        .entrySet()
                        .stream()
                        .map(output -> List.of(Text.oneLine(output.getKey()), Literals.show(output.getValue())))
                        .toList());
    }

    /** One line that says why, for a job that failed. */
    static String reason(Job job) {
        var error = job.error();
        return error == null
                ? "job " + job.id() + " failed"
                : "job " + job.id() + " failed: " + Text.oneLine(error.code())
                        + (error.pointer() == null ? "" : " at " + Text.oneLine(error.pointer()));
    }

    private static Failure failed(Job job) {
        var error = job.error();
        var next = error != null && (error.kind().equals("USER") || error.nextStep() != null)
                ? NextStep.afterFailure(job)
                : "see ./outboard describe " + job.id() + "; then run it again";
        return new Failure(ExitCode.FAILED, reason(job), error == null ? List.of() : ErrorText.lines(error), next);
    }
}
