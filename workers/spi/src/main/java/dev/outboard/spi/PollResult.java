package dev.outboard.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an external job is doing. */
public sealed interface PollResult {

    /**
     * Not ended yet.
     *
     * @param queued true while the platform itself still queues it
     * @param message the platform's own word for its state, or null
     * @param progress from 0 to 1, or null if the platform tells none
     * @param links pages about the job; an empty list leaves what is known
     * @param info anything worth showing, as JSON values; an empty map leaves what is known
     * @param pollAfter when to ask again, or null to leave it to the worker (1 s growing to 30 s)
     */
    record Running(boolean queued, @Nullable String message, @Nullable Double progress, List<Link> links,
            Map<String, @Nullable Object> info, @Nullable Duration pollAfter) implements PollResult {

        /** Running, with nothing more to tell. */
        public static Running plain() {
            return new Running(false, null, null, List.of(), Map.of(), null);
        }
    }

    /**
     * Ended well.
     *
     * @param outputs by declared name; the values' types are those of {@link CreateRequest#inputs}
     * @param info as in {@link Running}
     * @param links as in {@link Running}
     */
    record Succeeded(Map<String, @Nullable Object> outputs, Map<String, @Nullable Object> info,
            List<Link> links) implements PollResult {

        /** The same, with the links that are known already. */
        public Succeeded(Map<String, @Nullable Object> outputs, Map<String, @Nullable Object> info) {
            this(outputs, info, List.of());
        }
    }

    /**
     * Ended badly.
     *
     * @param info as in {@link Running}
     * @param links as in {@link Running}
     */
    record Failed(TaskError error, Map<String, @Nullable Object> info, List<Link> links) implements PollResult {

        /** The same, with nothing more to tell. */
        public Failed(TaskError error) {
            this(error, Map.of(), List.of());
        }
    }

    /** Stopped, by us or by somebody on the platform. */
    record Cancelled() implements PollResult {}

    /** The platform does not know this job (any more). */
    record Gone() implements PollResult {}

    /** The platform asks for patience (429, quota). */
    record Retry(Duration after, String reason) implements PollResult {}
}
