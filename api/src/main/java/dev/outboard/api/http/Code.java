package dev.outboard.api.http;

import java.util.Locale;

/**
 * Every kind of problem that a caller can be told of: its HTTP status, its title, and what to do next. The texts are
 * part of the contract; programs compare {@link #text}.
 */
public enum Code {
    // it cannot be read, or cannot be right
    MALFORMED_JSON(400), INVALID_REQUEST(400), SECRET_VALUE(400), BAD_REQUEST(400),
    // who asks
    UNAUTHORIZED(401), FORBIDDEN(403),
    // what is asked for is not there
    UNKNOWN_PATH(404), UNKNOWN_TASK_TYPE(404), UNKNOWN_VERSION(404), UNKNOWN_JOB(404), UNKNOWN_DEAD_LETTER(
            404), METHOD_NOT_ALLOWED(405),
    // it contradicts what is there
    CONFLICT(409), IDEMPOTENCY_CONFLICT(422),
    // too large, or of the wrong type
    BODY_TOO_LARGE(413), PATH_TOO_LONG(414), UNSUPPORTED_MEDIA_TYPE(415), HEADERS_TOO_LARGE(431),
    // not now
    TOO_MANY_UNTAKEN(429), INTERNAL(500), LOG_UNAVAILABLE(503), OUTCOME_UNKNOWN(503), NOT_READY(503), TOO_MANY_WATCHERS(
            503);

    private final int status;

    Code(int status) {
        this.status = status;
    }

    /** As it stands in a problem, such as {@code unknown-job}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int status() {
        return status;
    }

    String title() {
        return switch (this) {
            case MALFORMED_JSON -> "The body is not JSON";
            case INVALID_REQUEST -> "The request cannot be right";
            case SECRET_VALUE -> "The request holds the value of a secret";
            case BAD_REQUEST -> "The request is not HTTP as it should be";
            case UNAUTHORIZED -> "Who asks is not known";
            case FORBIDDEN -> "Not allowed";
            case UNKNOWN_PATH -> "There is nothing at this path";
            case UNKNOWN_TASK_TYPE -> "No such task type";
            case UNKNOWN_VERSION -> "No such version of the task type";
            case UNKNOWN_JOB -> "No such job";
            case UNKNOWN_DEAD_LETTER -> "No such dead letter";
            case METHOD_NOT_ALLOWED -> "This method is not allowed here";
            case CONFLICT -> "The request conflicts with what is there";
            case BODY_TOO_LARGE -> "The body is too large";
            case PATH_TOO_LONG -> "The path is too long";
            case UNSUPPORTED_MEDIA_TYPE -> "The body has another type than JSON";
            case IDEMPOTENCY_CONFLICT -> "The idempotency key was used for another request";
            case TOO_MANY_UNTAKEN -> "Too many jobs wait for a worker";
            case HEADERS_TOO_LARGE -> "The headers are too large";
            case INTERNAL -> "Outboard failed";
            case LOG_UNAVAILABLE -> "The log cannot be reached";
            case OUTCOME_UNKNOWN -> "It is not known whether the request was taken";
            case NOT_READY -> "Not ready yet";
            case TOO_MANY_WATCHERS -> "Too many wait for jobs to change";
        };
    }

    /** One sentence: what to do now. */
    String next() {
        return switch (this) {
            case MALFORMED_JSON -> "Correct the text where the detail points to, and send it again.";
            case INVALID_REQUEST -> "Correct what is pointed to, and send it again.";
            case SECRET_VALUE ->
                "Name the secret in the template's custom.secrets, and give its value to the workers as "
                        + "OUTBOARD_SECRET_<NAME> or as a file of that name.";
            case BAD_REQUEST -> "Correct the request, and send it again.";
            case UNAUTHORIZED -> "Send credentials.";
            case FORBIDDEN -> "Ask the operator of this installation for access.";
            case UNKNOWN_PATH -> "See GET /api/v1/task-types for what can be run.";
            case UNKNOWN_TASK_TYPE -> "Use one of the known task types, or start a worker that serves this.";
            case UNKNOWN_VERSION -> "Use one of the known versions.";
            case UNKNOWN_JOB -> "Check the job id; ended jobs are remembered for some days only.";
            case UNKNOWN_DEAD_LETTER -> "See GET /api/v1/deadletters for what is there.";
            case METHOD_NOT_ALLOWED -> "Use one of the methods in the Allow header.";
            case CONFLICT -> "Read the current state, and decide anew.";
            case BODY_TOO_LARGE -> "Send less; put large data into storage and name its uri.";
            case PATH_TOO_LONG -> "Shorten the path.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as it is, with Content-Type: application/json.";
            case IDEMPOTENCY_CONFLICT -> "Use a new key for a new job, or repeat the first request unchanged.";
            case TOO_MANY_UNTAKEN -> "Repeat the request later, or start workers for this task type.";
            case HEADERS_TOO_LARGE -> "Send fewer or shorter headers.";
            case INTERNAL -> "Give the operator the error id; repeat a create only with an Idempotency-Key.";
            case LOG_UNAVAILABLE -> "Repeat the request: nothing was written.";
            case OUTCOME_UNKNOWN -> "Repeat the same request with the same Idempotency-Key.";
            case NOT_READY -> "Repeat the request in a moment.";
            case TOO_MANY_WATCHERS -> "Ask again in a moment, or poll without waiting.";
        };
    }

    /** True if the same request may be repeated, and may well succeed then. */
    boolean retryable() {
        return status == 429 || status == 503;
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
