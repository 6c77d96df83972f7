package dev.outboard.testkit.databricks;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run, or a task of it, ends, in the words of {@code termination_details}.
 *
 * @param upstream true for a task that did not run because the one before it failed
 */
record Ending(String code, String type, String message, boolean upstream) {
    static final Ending SUCCESS = new Ending("SUCCESS", "SUCCESS", "", false);
    static final Ending CANCELLED = new Ending("USER_CANCELED", "CLIENT_ERROR", "Run cancelled.", false);
    static final Ending TIMED_OUT = new Ending("CANCELED", "CLIENT_ERROR",
            "Run canceled because it exceeded the maximum allowed duration.", false);
    static final Ending UPSTREAM = new Ending("SKIPPED", "CLIENT_ERROR", "An upstream task failed.", true);

    /** All that a failed task and its run say of it themselves; the exception is told by get-output alone. */
    private static final String WORKLOAD = "Workload failed, see run output for details";

    private static final Set<String> WELL = Set.of("SUCCESS", "SUCCESS_WITH_FAILURES");
    private static final Set<String> STOPPED = Set.of("USER_CANCELED", "CANCELED");
    private static final Set<String> CROWDED = Set.of("MAX_CONCURRENT_RUNS_EXCEEDED", "MAX_JOB_QUEUE_SIZE_EXCEEDED",
            "WORKSPACE_RUN_LIMIT_EXCEEDED");

    boolean failed() {
        return !WELL.contains(code) && !stopped() && !skipped();
    }

    boolean stopped() {
        return STOPPED.contains(code);
    }

    /** True if it never gets out of the queue. */
    boolean skipped() {
        return CROWDED.contains(code) || code.equals("SKIPPED") || code.equals("DISABLED");
    }

    /** True if what was run has failed, not that it could be run. */
    boolean workload() {
        return code.equals("RUN_EXECUTION_ERROR");
    }

    /** Version 1's name of the whole run's state: one of a failed task is as bad as one of Databricks' own. */
    String lifeCycle() {
        return skipped() ? "SKIPPED" : failed() ? "INTERNAL_ERROR" : "TERMINATED";
    }

    /** Version 1's name of the result, or null for none. */
    @Nullable
    String result() {
        if (upstream) {
            return "UPSTREAM_FAILED";
        }
        if (CROWDED.contains(code)) {
            return "MAXIMUM_CONCURRENT_RUNS_REACHED";
        }
        return switch (code) {
            case "SUCCESS", "SUCCESS_WITH_FAILURES", "DISABLED" -> code;
            case "USER_CANCELED" -> "CANCELED";
            case "CANCELED" -> "TIMEDOUT";
            case "SKIPPED" -> null;
            default -> "FAILED";
        };
    }

    /** Of the task that this is the ending of. */
    String taskMessage() {
        return workload() ? WORKLOAD : message;
    }

    /** Of the run that ends so because this task did. */
    String runMessage(String task) {
        return workload() ? "Task " + task + " failed with message: " + WORKLOAD + "." : message;
    }
}
