package dev.outboard.standalone.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.client.Job;
import dev.outboard.client.PlatformError;

/** What a person can do now about a job, one sentence. */
public final class NextStep {
    private NextStep() {}

    public static String of(Job job) {
        return switch (job.state()) {
            case QUEUED, WAITING, SUBMITTING, RUNNING, UNKNOWN -> has(job, "NoWorker")
                    ? "start a worker that serves " + Text.oneLine(job.taskType())
                            + ", or stop it with ./outboard cancel "
                            + job.id()
                    : "see how it ends with ./outboard wait " + job.id() + ", or stop it with ./outboard cancel "
                            + job.id();
            case CANCELLING -> "see how it ends with ./outboard wait " + job.id();
            case SUCCEEDED -> job.storedOutputs() == null
                    ? "use its outputs: ./outboard get " + job.id() + " -o json"
                    : "use its outputs: read that file";
            case CANCELLED -> "run it again if it is still wanted, under another key";
            case FAILED -> afterFailure(job);
        };
    }

    /** For a job that failed. */
    public static String afterFailure(Job job) {
        var error = job.error();
        return error == null || error.nextStep() == null && !error.kind().equals("USER")
                ? job.links().isEmpty() ? "run it again" : "look at its links; then run it again"
                : after(error);
    }

    /** For an error as an answer tells it, of a job that was not created. */
    public static String after(JsonNode error) {
        return after(Job.Failure.of(error));
    }

    private static String after(Job.Failure error) {
        return error.nextStep() != null
                ? Text.oneLine(error.nextStep())
                : error.kind().equals("USER") ? mend(error) + " and run it again" : "run it again";
    }

    private static String mend(Job.Failure error) {
        if (error.pointer() != null) {
            return "mend the job file at " + Text.oneLine(error.pointer());
        }
        var platform = error.platform();
        return switch (platform == null ? PlatformError.Category.USER : platform.category()) {
            case AUTH -> "have access granted, or the credentials mended,";
            case QUOTA -> "wait until there is room again, or have the allowance raised,";
            case TIMEOUT -> "allow more time, or make the job smaller,";
            default -> "mend the job file";
        };
    }

    private static boolean has(Job job, String condition) {
        return job.conditions().stream().anyMatch(has -> has.type().equals(condition));
    }
}
