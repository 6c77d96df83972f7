package dev.outboard.spi;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param kind who can do something about it
 * @param code short and stable, such as {@code InvalidQuery}
 * @param message the platform's own words where it has some, and what to do; no secret, no stack trace
 * @param retryable true if the same job may well succeed in a new attempt
 * @param pointer JSON pointer into the create body to what is wrong, or null
 */
public record TaskError(Kind kind, String code, String message, boolean retryable, @Nullable String pointer) {
    /** USER: the job must be changed; SYSTEM: the platform, the worker or the connector is at fault. */
    public enum Kind {
        USER, SYSTEM
    }

    /** An error of the user's that no retry mends. */
    public static TaskError user(String code, String message) {
        return new TaskError(Kind.USER, code, message, false, null);
    }

    /** The same, with a pointer to what is wrong in the create body. */
    public static TaskError user(String code, String message, String pointer) {
        return new TaskError(Kind.USER, code, message, false, pointer);
    }

    /** A fault of the platform's or ours. */
    public static TaskError system(String code, String message, boolean retryable) {
        return new TaskError(Kind.SYSTEM, code, message, retryable, null);
    }
}
