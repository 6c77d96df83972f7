package dev.outboard.connectors.bigquery;

import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import dev.outboard.spi.TaskError.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BigQuery's table of reasons: whose matter each is, and whether a new attempt may mend it. */
final class Reasons {
    static final String PLATFORM = "BigQuery";

    private record Row(Kind kind, Category category, boolean retryable, @Nullable String next) {}

    private static final Row TRANSIENT = new Row(Kind.SYSTEM, Category.TRANSIENT, true, null);
    private static final Row QUOTA = new Row(Kind.USER, Category.QUOTA, true,
            "Wait until the quota fills again, run fewer queries at a time, or have the project's quota raised.");
    private static final Row QUERY = new Row(Kind.USER, Category.USER, false,
            "Correct the query or its configuration.");
    private static final Row UNKNOWN = new Row(Kind.SYSTEM, Category.USER, false,
            "Look the reason up in BigQuery's table of errors.");
    private static final Row TIMEOUT = new Row(Kind.USER, Category.TIMEOUT, false,
            "Make the query smaller, or give it more time or slots.");

    private static final Map<String, Row> ROWS = Map.ofEntries(
            Map.entry("backendError", TRANSIENT),
            Map.entry("internalError", TRANSIENT),
            Map.entry("jobBackendError", TRANSIENT),
            Map.entry("jobInternalError", TRANSIENT),
            Map.entry("tableUnavailable", TRANSIENT),
            Map.entry("rateLimitExceeded", QUOTA),
            Map.entry("jobRateLimitExceeded", QUOTA),
            Map.entry("quotaExceeded", QUOTA),
            Map.entry("timeout", TIMEOUT),
            Map.entry("stopped", new Row(Kind.USER, Category.CANCELLED, false, null)),
            Map.entry("accessDenied", user(Category.AUTH,
                    "Grant the job's account BigQuery Job User on the project, and BigQuery Data Viewer (or Editor) on its"
                            + " data.")),
            Map.entry("billingNotEnabled", user(Category.AUTH, "Switch on billing for the project.")),
            Map.entry("blocked", user(Category.AUTH, "Ask Google's support why the account or the query is blocked.")),
            Map.entry("authError", new Row(Kind.SYSTEM, Category.AUTH, false,
                    "Give the worker credentials that are not expired or deleted.")),
            Map.entry("proxyAuthenticationRequired", new Row(Kind.SYSTEM, Category.AUTH, false,
                    "Have the proxy between the worker and BigQuery let it through.")),
            Map.entry("notFound", user(Category.USER,
                    "Check the names of project, dataset and table, and that the location is where the data lie.")),
            Map.entry("duplicate", user(Category.USER,
                    "Name another destination table, or say with writeDisposition what becomes of the one that is there.")),
            Map.entry("responseTooLarge", user(Category.USER,
                    "Return fewer rows, or set destinationTable and allowLargeResults.")),
            Map.entry("resourcesExceeded", user(Category.USER, "Make the query smaller, or cut it into several.")),
            Map.entry("bytesBilledLimitExceeded", user(Category.USER,
                    "Read less, or raise maximumBytesBilled in the template's custom.")),
            Map.entry("billingTierLimitExceeded", user(Category.USER,
                    "Simplify the query, or raise maximumBillingTier in the template's custom.")),
            Map.entry("attributeError", QUERY),
            Map.entry("badRequest", QUERY),
            Map.entry("invalid", QUERY),
            Map.entry("invalidQuery", QUERY),
            Map.entry("invalidUser", QUERY),
            Map.entry("notImplemented", QUERY),
            Map.entry("required", QUERY),
            Map.entry("parseError", QUERY),
            Map.entry("resourceInUse", QUERY));

    private Reasons() {}

    private static Row user(Category category, String next) {
        return new Row(Kind.USER, category, false, next);
    }

    /**
     * @param reason BigQuery's own code
     * @param said its own words
     * @param reference of the job, for its support, or null if there is none
     * @param link to the job, or null
     */
    static TaskError error(String reason, String said, @Nullable String reference, @Nullable String link) {
        var row = row(reason, said);
        var code = reason.isEmpty() ? "Unknown" : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
        return new TaskError(row.kind(), code, said, row.retryable(), null, row.next(),
                new PlatformError(PLATFORM, row.category(), reason, reference, link));
    }

    private static Row row(String reason, String said) {
        var text = said.toLowerCase(Locale.ROOT);
        if (reason.equals("stopped") && !cancelled(reason, said)) {
            return TIMEOUT;
        }
        // two changes of one table at a time are told as a fault of the query
        if (reason.equals("invalidQuery")
                && (text.contains("could not serialize access") || text.contains("concurrent update"))) {
            return TRANSIENT;
        }
        return ROWS.getOrDefault(reason, UNKNOWN);
    }

    static Set<String> known() {
        return ROWS.keySet();
    }

    /** Somebody has stopped it; a job that ran out of its time is stopped too, but says so. */
    static boolean cancelled(String reason, String said) {
        var text = said.toLowerCase(Locale.ROOT);
        return reason.equals("stopped") && !text.contains("timed out") && !text.contains("timeout");
    }
}
