package dev.outboard.dispatcher.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a create fixed for good.
 *
 * @param name of the task, from the template's id; may be empty
 * @param fingerprint tells a repeated create from another one under the same key
 * @param maxAttempts how often a job that failed for a transient reason is tried, at least 1
 * @param timeout how long one attempt may take, or null for as long as it takes
 * @param at the command's append time
 */
public record Accepted(String taskType, int taskTypeVersion, Tenant tenant, String name, Map<String, String> labels,
        Bytes fingerprint, int maxAttempts, @Nullable Duration timeout, Instant at) {
    public Accepted {
        labels = Map.copyOf(labels);
    }

    /** The same, with the append time that only the broker knows. */
    public Accepted acceptedAt(Instant appendedAt) {
        return new Accepted(taskType, taskTypeVersion, tenant, name, labels, fingerprint, maxAttempts, timeout,
                appendedAt);
    }
}
