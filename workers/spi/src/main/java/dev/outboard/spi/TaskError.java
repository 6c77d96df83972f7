package dev.outboard.spi;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param kind who can do something about it
 * @param code short and stable, such as {@code InvalidQuery}
 * @param message the platform's own words where it has some; no secret, no stack trace
 * @param retryable true if the same job may well succeed in a new attempt
 * @param pointer JSON pointer into the create body to what is wrong, or null
 * @param nextStep one sentence that says what to do, or null where the message does
 * @param platform what the platform said, or null where it was not asked
 */
public record TaskError(Kind kind, String code, String message, boolean retryable, @Nullable String pointer,
        @Nullable String nextStep, @Nullable PlatformError platform) {
    /** USER: the job must be changed; SYSTEM: the platform, the worker or the connector is at fault. */
    public enum Kind {
        USER, SYSTEM
    }

    /** An error of the user's that no retry mends. */
    public static TaskError user(String code, String message) {
        return new TaskError(Kind.USER, code, message, false, null, null, null);
    }

    /** The same, with a pointer to what is wrong in the create body. */
    public static TaskError user(String code, String message, String pointer) {
        return new TaskError(Kind.USER, code, message, false, pointer, null, null);
    }

    /** A fault of the platform's or ours. */
    public static TaskError system(String code, String message, boolean retryable) {
        return new TaskError(Kind.SYSTEM, code, message, retryable, null, null, null);
    }

    /** The same, with what to do about it. */
    public TaskError next(String step) {
        return new TaskError(kind, code, message, retryable, pointer, step, platform);
    }

    /** The same, with what the platform said. */
    public TaskError from(PlatformError said) {
        return new TaskError(kind, code, message, retryable, pointer, nextStep, said);
    }
}
