package dev.outboard.stores.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the store's errors are a no, and which pass. */
final class Refusals {
    /** A token that a new one takes the place of, conflicts with another write, limits. */
    private static final Set<Integer> PASSING = Set.of(401, 408, 409, 412, 425, 429);
    /** Among the 403. */
    private static final Set<String> LIMITS = Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");

    private Refusals() {}

    /** Null for what may pass. */
    static @Nullable TaskError of(HttpResponseException e, String bucket) {
        int status = e.getStatusCode();
        var details = e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
        var reasons = details == null || details.getErrors() == null ? null : details.getErrors();
        var reason = reasons == null || reasons.isEmpty() ? null : reasons.getFirst().getReason();
        if (status < 400 || status >= 500 || PASSING.contains(status) || reason != null && LIMITS.contains(reason)) {
            return null;
        }
        boolean auth = status == 403;
        var said = details == null || details.getMessage() == null ? "status " + status : details.getMessage();
        var message = "Google Cloud Storage refused to take the outputs into the bucket " + bucket + ": " + said;
        var error = auth
                ? TaskError.system("OutputsRefused", message, false)
                : TaskError.user("OutputsRefused", message);
        return error.next(next(status))
                .from(new PlatformError("Google Cloud Storage", auth ? Category.AUTH : Category.USER, reason,
                        e.getHeaders().getFirstHeaderStringValue("x-guploader-uploadid"), null));
    }

    private static String next(int status) {
        return switch (status) {
            case 403 -> "give the worker's service account storage.objects.create and storage.objects.delete there";
            case 404 -> "give the job an output_prefix in a bucket that exists, or make this one";
            default -> "see what this error means, and mend the job's output_prefix or the settings stores.gcs.*";
        };
    }
}
