package dev.outboard.api.http;

import java.util.Locale;

/**
 * Every kind of problem that a caller can be told of: its HTTP status, its title, and what to do next. The texts are part
 * of the contract; programs compare {@link #text}.
 */
public enum Code {
    MALFORMED_JSON(400, "The body is not JSON",
            "Correct the text where the detail points to, and send it again."), INVALID_REQUEST(400,
                    "The request cannot be right",
                    "Correct what the violations point to, and send it again."), BAD_REQUEST(400,
                            "The request is not HTTP as it should be",
                            "Correct the request, and send it again."), UNAUTHORIZED(401, "Who asks is not known",
                                    "Send credentials."), FORBIDDEN(403, "Not allowed",
                                            "Ask the operator of this installation for access."), UNKNOWN_PATH(404,
                                                    "There is nothing at this path",
                                                    "See GET /api/v1/task-types for what can be run."), UNKNOWN_TASK_TYPE(
                                                            404, "No such task type",
                                                            "Use one of the known task types, or start a worker that serves this."), UNKNOWN_VERSION(
                                                                    404, "No such version of the task type",
                                                                    "Use one of the known versions."), UNKNOWN_JOB(404,
                                                                            "No such job",
                                                                            "Check the job id; ended jobs are remembered for some days only."), METHOD_NOT_ALLOWED(
                                                                                    405,
                                                                                    "This method is not allowed here",
                                                                                    "Use one of the methods in the Allow header."), CONFLICT(
                                                                                            409,
                                                                                            "The request conflicts with what is there",
                                                                                            "Read the current state, and decide anew."), BODY_TOO_LARGE(
                                                                                                    413,
                                                                                                    "The body is too large",
                                                                                                    "Send less; put large data into storage and name its uri."), PATH_TOO_LONG(
                                                                                                            414,
                                                                                                            "The path is too long",
                                                                                                            "Shorten the path."), UNSUPPORTED_MEDIA_TYPE(
                                                                                                                    415,
                                                                                                                    "The body has another type than JSON",
                                                                                                                    "Send the body as it is, with Content-Type: application/json."), IDEMPOTENCY_CONFLICT(
                                                                                                                            422,
                                                                                                                            "The idempotency key was used for another request",
                                                                                                                            "Use a new key for a new job, or repeat the first request unchanged."), TOO_MANY_UNTAKEN(
                                                                                                                                    429,
                                                                                                                                    "Too many jobs wait for a worker",
                                                                                                                                    "Repeat the request later, or start workers for this task type."), HEADERS_TOO_LARGE(
                                                                                                                                            431,
                                                                                                                                            "The headers are too large",
                                                                                                                                            "Send fewer or shorter headers."), INTERNAL(
                                                                                                                                                    500,
                                                                                                                                                    "Outboard failed",
                                                                                                                                                    "Repeat the request; if it fails again, give the operator the error id."), LOG_UNAVAILABLE(
                                                                                                                                                            503,
                                                                                                                                                            "The log cannot be reached",
                                                                                                                                                            "Repeat the request: nothing was written."), OUTCOME_UNKNOWN(
                                                                                                                                                                    503,
                                                                                                                                                                    "It is not known whether the request was taken",
                                                                                                                                                                    "Repeat the same request with the same Idempotency-Key."), NOT_READY(
                                                                                                                                                                            503,
                                                                                                                                                                            "Not ready yet",
                                                                                                                                                                            "Repeat the request in a moment.");

    private final int status;
    private final String title;
    private final String next;

    Code(int status, String title, String next) {
        this.status = status;
        this.title = title;
        this.next = next;
    }

    /** As it stands in a problem, such as {@code unknown-job}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String next() {
        return next;
    }

    /** True if the same request may well succeed later. */
    boolean retryable() {
        return status == 429 || status == 500 || status == 503;
    }

    /** A problem of this kind. The detail is for people, and holds no secret. */
    public Problem says(String detail) {
        return Problem.of(this, detail);
    }

    /** The kind that is nearest to an HTTP status of 400 or more. */
    static Code of(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> UNKNOWN_PATH;
            case 405 -> METHOD_NOT_ALLOWED;
            case 409 -> CONFLICT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> PATH_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> NOT_READY;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
