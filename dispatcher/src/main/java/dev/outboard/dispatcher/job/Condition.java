package dev.outboard.dispatcher.job;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something worth knowing about a job that does not change its state.
 *
 * @param since when it began; kept while only its message changes
 */
public record Condition(Type type, String reason, String message, Instant since) {
    /** What a condition may be about. The last two are the API's, and never in the log. */
    public enum Type {
        /** The platform could not be asked. */
        PLATFORM_UNREACHABLE("PlatformUnreachable"),
        /** A cancel is owed: it was accepted, and the platform has not confirmed that it runs nothing of the job. */
        CANCEL_OWED("CancelOwed"),
        /** Whether the external job exists is not known yet. */
        OUTCOME_UNKNOWN("OutcomeUnknown"),
        /** The platform asks for patience. */
        THROTTLED("Throttled"),
        /** A limit of ours holds the job back. */
        QUOTA_EXCEEDED("QuotaExceeded"),
        /** A command of the job could not be taken. */
        DEAD_LETTER("DeadLetter"),
        /** No worker serves the task type now. */
        NO_WORKER("NoWorker"),
        /** The answer may be behind: Kafka could not be asked. */
        AS_OF("AsOf");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As people and Flyte see it. */
        public String text() {
            return text;
        }

        /** The type of this text, or empty if there is none. */
        public static Optional<Type> of(String text) {
            return Arrays.stream(values()).filter(t -> t.text.equals(text)).findFirst();
        }
    }
}
