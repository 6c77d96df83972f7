package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;

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
        if (error != null && error.kind().equals("USER")) {
            return "mend the job file" + (error.pointer() == null ? "" : " at " + Text.oneLine(error.pointer()))
                    + " and run it again";
        }
        return job.links().isEmpty() ? "run it again" : "look at its links; then run it again";
    }

    private static boolean has(Job job, String condition) {
        return job.conditions().stream().anyMatch(has -> has.type().equals(condition));
    }
}
