package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.error.details.RequestInfo;
import dev.outboard.connectors.databricks.ApiFault.Kind;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Databricks' errors mean: by status and error_code, as its SDK reads them. */
final class Faults {
    static final String PLATFORM = "Databricks";
    /** 4xx that pass: the request may even have been taken. */
    private static final Set<String> PASSING = Set.of("ABORTED", "RESOURCE_CONFLICT", "TEMPORARILY_UNAVAILABLE",
            "DEADLINE_EXCEEDED", "INTERNAL_ERROR", "IO_ERROR");
    private static final Set<String> THROTTLING = Set.of("REQUEST_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_MESSAGE = 2_000;

    private Faults() {}

    static ApiFault of(DatabricksError error) {
        var code = error.getErrorCode() == null ? "HTTP " + error.getStatusCode() : error.getErrorCode();
        var details = error.getErrorDetails();
        var requestId = details == null ? null : details.requestInfo().map(RequestInfo::requestId).orElse(null);
        return new ApiFault(kind(error, code), code, said(error), requestId, PATIENCE);
    }

    private static Kind kind(DatabricksError error, String code) {
        int status = error.getStatusCode();
        if (THROTTLING.contains(code)) {
            return Kind.THROTTLED;
        }
        if (status < 400 || status >= 500 || PASSING.contains(code) || status == 408 || status == 409) {
            return Kind.UNSURE;
        }
        if (status == 401 || status == 403) {
            return Kind.DENIED;
        }
        boolean absent = status == 404 || code.equals("RESOURCE_DOES_NOT_EXIST")
                || said(error).matches("(?s).*\\bRun \\d+ does not exist.*");
        return absent ? Kind.ABSENT : Kind.REFUSED;
    }

    private static String said(DatabricksException error) {
        var message = String.valueOf(error.getMessage());
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
    }

    /** A token could not be had: what was to follow was not asked. */
    static ApiFault ofToken(DatabricksException error) {
        boolean network = error.getCause() instanceof java.io.IOException
                || error instanceof DatabricksError told && (told.getStatusCode() >= 500 || told.getStatusCode() < 400);
        return network
                ? new ApiFault(Kind.UNSURE, "TokenUnavailable", "the token service could not be asked", null, PATIENCE)
                : new ApiFault(Kind.DENIED, "TokenRefused", "the token service refused the client's credentials", null,
                        PATIENCE);
    }

    static ApiFault unsure(String what) {
        return new ApiFault(Kind.UNSURE, "BadAnswer", "Databricks gave " + what, null, PATIENCE);
    }

    /** A create that was refused. */
    static TaskError rejected(ApiFault fault) {
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
