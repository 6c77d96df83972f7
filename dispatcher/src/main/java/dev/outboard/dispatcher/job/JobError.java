package dev.outboard.dispatcher.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param code short and stable, such as {@code InvalidQuery}
 * @param retryable true if the same job may well succeed when tried again
 * @param pointer JSON pointer into the create body, or null
 * @param nextStep one sentence that says what to do, or null
 * @param platform what the platform said, or null where it was not asked
 */
public record JobError(Kind kind, String code, String message, boolean retryable, @Nullable String pointer,
        @Nullable String nextStep, @Nullable PlatformError platform) {
    /** The code of a job whose create could not be decoded or folded. */
    public static final String UNDECODABLE = "Undecodable";
    /** The code where a connector threw what no trouble of its platform explains. */
    static final String CONNECTOR_BUG = "ConnectorBug";

    /** USER: the job must be changed; SYSTEM: the platform, a connector or Outboard is at fault. */
    public enum Kind {
        USER, SYSTEM
    }

    /** What no platform said, and no step of its own follows. */
    public JobError(Kind kind, String code, String message, boolean retryable, @Nullable String pointer) {
        this(kind, code, message, retryable, pointer, null, null);
    }

    public static JobError user(String code, String message) {
        return new JobError(Kind.USER, code, message, false, null);
    }

    public static JobError system(String code, String message) {
        return new JobError(Kind.SYSTEM, code, message, false, null);
    }
}
