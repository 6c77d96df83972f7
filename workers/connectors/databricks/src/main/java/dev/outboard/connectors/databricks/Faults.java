package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.details.RequestInfo;
import dev.outboard.connectors.databricks.ApiFault.Kind;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Databricks' errors mean: by status and error_code, as its SDK reads them. */
final class Faults {
    static final String PLATFORM = "Databricks";
    /** The code where there was nothing to ask Databricks with. */
    static final String NO_CREDENTIALS = "NoCredentials";
    /** 4xx that pass: the request may even have been taken. */
    private static final Set<String> PASSING = Set.of("ABORTED", "RESOURCE_CONFLICT", "TEMPORARILY_UNAVAILABLE",
            "DEADLINE_EXCEEDED", "INTERNAL_ERROR", "IO_ERROR");
    private static final Set<String> THROTTLING = Set.of("REQUEST_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Pattern NO_RUN = Pattern
            .compile("\\bRun \\d+ does not exist|\\bRun: \\d+ in job: .* doesn't exist");
    private static final int MAX_MESSAGE = 2_000;

    private Faults() {}

    static ApiFault of(DatabricksError error) {
        var named = error.getErrorCode();
        var code = named == null || named.isEmpty() ? "HTTP " + error.getStatusCode() : named;
        var requestId = error.getErrorDetails().requestInfo().map(RequestInfo::requestId).orElse(null);
        return new ApiFault(kind(error, code), code, said(error), requestId, PATIENCE);
    }

    private static Kind kind(DatabricksError error, String code) {
        int status = error.getStatusCode();
        if (THROTTLING.contains(code)) {
            return Kind.THROTTLED;
        }
        if (status < 400 || status >= 499 || PASSING.contains(code) || status == 408 || status == 409) {
            return Kind.UNSURE;
        }
        if (status == 401 || status == 403) {
            return Kind.DENIED;
        }
        if (!own(error)) {
            // a proxy's 404 says nothing of a run
            return Kind.UNSURE;
        }
        return code.equals("RESOURCE_DOES_NOT_EXIST") || NO_RUN.matcher(said(error)).find()
                ? Kind.ABSENT
                : Kind.REFUSED;
    }

    /** True if Databricks itself speaks: to a page the SDK gives an empty code, to no body none, nor a message. */
    private static boolean own(DatabricksError error) {
        var code = error.getErrorCode();
        return code == null ? error.getMessage() != null : !code.isEmpty();
    }

    private static String said(DatabricksError error) {
        var message = error.getMessage();
        if (error.getCause() != null) {
            return "no answer came: " + error.getCause().getClass().getSimpleName();
        }
        if (message == null || message.isBlank() || !own(error)) {
            return "Databricks, or a proxy before it, answered " + error.getStatusCode() + " without saying why";
        }
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
    }

    static ApiFault unsure(String what) {
        return new ApiFault(Kind.UNSURE, "BadAnswer", "Databricks gave " + what, null, PATIENCE);
    }

    /** A create that was refused. */
    static TaskError rejected(ApiFault fault) {
        if (fault.code().equals(NO_CREDENTIALS)) {
            return TaskError.system(NO_CREDENTIALS, fault.said(), false)
                    .next("give the worker that secret, as OUTBOARD_SECRET_<NAME> or as a file of its --secrets folder")
                    .from(new PlatformError(PLATFORM, Category.AUTH, null, null, null));
        }
        return switch (fault.kind()) {
            case DENIED -> TaskError.system("NotAuthorized", fault.said(), false)
                    .next("have the principal granted the right to submit runs, or mend the secret with its credentials")
                    .from(said(fault, Category.AUTH, null));
            default -> TaskError.user("InvalidRun", fault.said(), RunBody.CUSTOM + "/databricksConf")
                    .next("mend databricksConf as Databricks says, and run it again")
                    .from(said(fault, Category.USER, null));
        };
    }

    private static PlatformError said(ApiFault fault, Category category, @Nullable String link) {
        return new PlatformError(PLATFORM, category, fault.code(), fault.requestId(), link);
    }
}
