package dev.outboard.connectors.databricks;

import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run's end reads: by {@code termination_details}, else by the older {@code result_state}. */
final class Terminations {
    /** How a run ended. */
    enum End {
        SUCCEEDED, CANCELLED, FAILED
    }

    /** What a failure means. */
    private record Meaning(String code, boolean user, boolean retryable, Category category, String nextStep) {}

    private static final Meaning WRONG = new Meaning("RunFailed", true, false, Category.USER,
            "look at the run's page and at the error above, mend the job, and run it again");
    private static final Meaning DENIED = new Meaning("NotAuthorized", true, false, Category.AUTH,
            "have the principal granted what the run needs, then run it again");
    private static final Meaning PASSING = new Meaning("PlatformFailure", false, true, Category.TRANSIENT,
            "run it again; if it comes back, look at the run's page");
    private static final Meaning FULL = new Meaning("CapacityExceeded", false, true, Category.QUOTA,
            "wait until other runs have ended, or have the limit raised");
    private static final Meaning LATE = new Meaning("Timeout", true, false, Category.TIMEOUT,
            "raise timeout_seconds, or make the job smaller");
    private static final Meaning SKIPPED = new Meaning("Skipped", true, false, Category.USER,
            "see on the run's page why it was skipped");
    /** Doubtful ones: who is at fault stands in the type. */
    private static final List<String> BY_TYPE = List.of("DRIVER_ERROR", "CLUSTER_ERROR", "STORAGE_ACCESS_ERROR");
    private static final Map<String, Meaning> CODES = new HashMap<>();

    static {
        put(PASSING, "INTERNAL_ERROR", "CLOUD_FAILURE", "DRIVER_ERROR", "CLUSTER_ERROR", "REPOSITORY_CHECKOUT_FAILED",
                "STORAGE_ACCESS_ERROR", "CLUSTER_TERMINATED_BY_USER", "BREAKING_CHANGE");
        put(FULL, "MAX_CONCURRENT_RUNS_EXCEEDED", "MAX_JOB_QUEUE_SIZE_EXCEEDED", "WORKSPACE_RUN_LIMIT_EXCEEDED",
                "CLUSTER_REQUEST_LIMIT_EXCEEDED", "MAX_SPARK_CONTEXTS_EXCEEDED", "MAXIMUM_CONCURRENT_RUNS_REACHED");
        put(WRONG, "RUN_EXECUTION_ERROR", "INVALID_CLUSTER_REQUEST", "INVALID_RUN_CONFIGURATION", "RESOURCE_NOT_FOUND",
                "FEATURE_DISABLED", "LIBRARY_INSTALLATION_ERROR", "FAILED");
        put(DENIED, "UNAUTHORIZED_ERROR");
        put(new Meaning("BudgetExceeded", true, false, Category.QUOTA, "have the budget policy's limit raised"),
                "BUDGET_POLICY_LIMIT_EXCEEDED");
        put(LATE, "CANCELED", "TIMEDOUT");
        put(SKIPPED, "SKIPPED", "DISABLED", "EXCLUDED", "UPSTREAM_FAILED", "UPSTREAM_CANCELED");
    }

    private Terminations() {}

    private static void put(Meaning meaning, String... codes) {
        for (var code : codes) {
            CODES.put(code, meaning);
        }
    }

    /** Every code that is known. */
    static Set<String> known() {
        var known = new HashSet<>(CODES.keySet());
        known.addAll(List.of("SUCCESS", "SUCCESS_WITH_FAILURES", "USER_CANCELED"));
        return known;
    }

    /**
     * @param code of {@code termination_details}
     * @param type of the same: who is at fault; may be empty
     */
    static End end(String code, String type) {
        return switch (code) {
            case "SUCCESS", "SUCCESS_WITH_FAILURES" -> End.SUCCEEDED;
            case "USER_CANCELED" -> End.CANCELLED;
            default -> !CODES.containsKey(code) && type.equals("SUCCESS") ? End.SUCCEEDED : End.FAILED;
        };
    }

    /**
     * @param message Databricks' own words
     * @param runId what its support asks for
     */
    static TaskError error(String code, String type, String message, @Nullable String runId, @Nullable String link) {
        var meaning = meaning(code, type);
        var kind = meaning.user() ? TaskError.Kind.USER : TaskError.Kind.SYSTEM;
        return new TaskError(kind, meaning.code(), message, meaning.retryable(), null, meaning.nextStep(),
                new PlatformError(Faults.PLATFORM, meaning.category(), code, runId, link));
    }

    private static Meaning meaning(String code, String type) {
        var known = CODES.get(code);
        boolean usersFault = type.equals("CLIENT_ERROR");
        if (known == null) {
            return usersFault ? WRONG : PASSING;
        }
        return usersFault && BY_TYPE.contains(code) ? WRONG : known;
    }
}
