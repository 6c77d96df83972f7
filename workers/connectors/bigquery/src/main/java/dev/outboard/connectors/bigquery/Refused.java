package dev.outboard.connectors.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** BigQuery, or something on the way to it, has answered with an error. */
final class Refused extends IOException {
    private static final long serialVersionUID = 1;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MAX_SECONDS_DIGITS = 9;

    private final int status;
    private final @Nullable String reason;
    private final String said;
    private final transient @Nullable Duration retryAfter;

    Refused(int status, @Nullable String reason, String said, @Nullable Duration retryAfter) {
        super("BigQuery answered " + status + (reason == null ? "" : " " + reason) + ": " + said);
        this.status = status;
        this.reason = reason;
        this.said = said;
        this.retryAfter = retryAfter;
    }

    static Refused of(HttpResponseException e) {
        var details = e instanceof GoogleJsonResponseException google ? google.getDetails() : null;
        if (details == null || details.getErrors() == null || details.getErrors().isEmpty()) {
            if (e.getStatusCode() == 401) {
                // Java's own client loses the body of this answer to a request that it has streamed
                return new Refused(401, "authError", "the credentials are not accepted", null);
            }
            return new Refused(e.getStatusCode(), null, "no error of BigQuery's, so perhaps a proxy's",
                    retryAfter(e.getHeaders()));
        }
        var error = details.getErrors().getFirst();
        var message = details.getMessage() == null ? String.valueOf(error.getMessage()) : details.getMessage();
        return new Refused(e.getStatusCode(), error.getReason(), message, retryAfter(e.getHeaders()));
    }

    private static @Nullable Duration retryAfter(@Nullable HttpHeaders headers) {
        var text = headers == null ? null : headers.getRetryAfter();
        if (text == null || !text.matches("[0-9]{1," + MAX_SECONDS_DIGITS + "}")) {
            return null;
        }
        var asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    int status() {
        return status;
    }

    /** BigQuery's own code; null if the error is not BigQuery's. */
    @Nullable
    String reason() {
        return reason;
    }

    /** BigQuery's own words. */
    String said() {
        return said;
    }

    boolean is(String reason) {
        return reason.equals(this.reason);
    }

    /** What is asked for is a job that is not there; not that a project, a table or the whole path is not. */
    boolean noSuchJob() {
        return status == 404 && is("notFound") && said.startsWith("Not found: Job");
    }

    /** A job of this name is there; not that a table is. */
    boolean jobExists() {
        return status == 409 && said.startsWith("Already Exists: Job");
    }

    /** How long to leave it alone, if that is all that it wants; else null. */
    @Nullable
    Duration patience() {
        if (is("quotaExceeded")) {
            // a quota of a day fills again only slowly
            return retryAfter == null ? Duration.ofMinutes(10) : retryAfter;
        }
        if (is("rateLimitExceeded") || status == 429) {
            return retryAfter == null ? Duration.ofSeconds(5) : retryAfter;
        }
        return null;
    }
}
