package dev.outboard.stores.s3;

import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which of S3's errors are a no, and which pass. */
final class Refusals {
    /** Among the 4xx: a clock or a token that is put right by itself, a conflict with another write, a garbled body. */
    private static final Set<String> PASSING = Set.of("ExpiredToken", "RequestTimeout", "RequestTimeTooSkewed",
            "TokenRefreshRequired", "SlowDown", "OperationAborted", "BadDigest", "IncompleteBody",
            "XAmzContentSHA256Mismatch");
    private static final Set<Integer> PASSING_STATUS = Set.of(401, 408, 409, 412, 425, 429);

    private Refusals() {}

    /** Null for what may pass. */
    static @Nullable TaskError of(S3Exception e, String bucket) {
        var details = e.awsErrorDetails();
        var code = details == null ? null : details.errorCode();
        int status = e.statusCode();
        if (status < 300 || status >= 500 || PASSING_STATUS.contains(status)
                || code != null && PASSING.contains(code)) {
            return null;
        }
        boolean auth = status == 403;
        var said = details == null || details.errorMessage() == null ? "status " + status : details.errorMessage();
        var message = "S3 refused to take the outputs into the bucket " + bucket + ": " + said;
        var error = auth
                ? TaskError.system("OutputsRefused", message, false)
                : TaskError.user("OutputsRefused", message);
        return error.next(next(status))
                .from(new PlatformError("S3", auth ? Category.AUTH : Category.USER, code, e.requestId(), null));
    }

    private static String next(int status) {
        return switch (status) {
            case 403 -> "allow the worker's credentials s3:PutObject there";
            case 404 -> "give the job an output_prefix in a bucket that exists, or make this one";
            case 301, 307 -> "set stores.s3.region to the bucket's own";
            default -> "see what this code of S3's means, and mend the job's output_prefix or the settings stores.s3.*";
        };
    }
}
