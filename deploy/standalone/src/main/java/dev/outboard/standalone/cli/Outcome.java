package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.List;
import java.util.function.Consumer;

/** How {@code run} ends for a job that has ended. */
final class Outcome {
    private Outcome() {}

    /**
     * Prints the outputs, or the whole job as JSON.
     *
     * @throws Failure if the job failed
     */
    static ExitCode report(Answer<Job> answer, boolean json, Consumer<String> out, Consumer<String> err) {
        var job = answer.value();
        if (json) {
            out.accept(Json.pretty(answer.json()));
        }
        return switch (job.state()) {
            case "SUCCEEDED" -> {
                succeeded(job, json, out, err);
                yield ExitCode.OK;
            }
            case "CANCELLED" -> {
                err.accept("job " + job.id() + " was cancelled");
                err.accept("next: who and why is told by ./outboard get " + job.id());
                yield ExitCode.CANCELLED;
            }
            default -> throw failed(job);
        };
    }

    private static void succeeded(Job job, boolean json, Consumer<String> out, Consumer<String> err) {
        var took = job.took();
        err.accept("job " + job.id() + " succeeded" + (took == null ? "" : " in " + Elapsed.of(took))
                + (job.outputs().isEmpty() ? ", no outputs" : ""));
        if (!json && !job.outputs().isEmpty()) {
            out.accept(Table.of(job.outputs()
                    .entrySet()
                    .stream()
                    .map(output -> List.of(Json.oneLine(output.getKey()), Literals.show(output.getValue())))
                    .toList()));
        }
    }

    private static Failure failed(Job job) {
        var error = job.error();
        if (error == null) {
            return new Failure(ExitCode.FAILED, "job " + job.id() + " failed",
                    "see it with ./outboard get " + job.id());
        }
        var where = error.pointer() == null ? "" : " at " + error.pointer();
        var next = error.kind().equals("USER")
                ? "mend the job file" + where + " and run it again"
                : "see ./outboard get " + job.id() + (job.json().path("log_links").isEmpty() ? "" : " and its links")
                        + "; then run it again";
        return new Failure(ExitCode.FAILED, "job " + job.id() + " failed: " + error.code() + where, error.lines(),
                next);
    }
}
