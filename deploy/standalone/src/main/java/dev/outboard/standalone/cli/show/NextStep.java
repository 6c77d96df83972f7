package dev.outboard.standalone.cli.show;

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
            case SUCCEEDED -> "use its outputs: ./outboard get " + job.id() + " -o json";
            case CANCELLED -> "run it again if it is still wanted, under another key";
            case FAILED -> afterFailure(job);
        };
    }

    /** For a job that failed. */
    public static String afterFailure(Job job) {
        var error = job.error();
        return error != null && error.nextStep() != null
                ? Text.oneLine(error.nextStep())
                : error != null && error.kind().equals("USER")
                        ? mend(error) + " and run it again"
                        : job.links().isEmpty() ? "run it again" : "look at its links; then run it again";
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
