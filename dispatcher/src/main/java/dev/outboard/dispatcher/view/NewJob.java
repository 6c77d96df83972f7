package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Tenant;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to hand over, decoded and found good.
 *
 * @param name of the task, may be empty
 * @param fingerprint of the spec
 * @param maxAttempts at least 1
 * @param timeout of one attempt, or null for none
 * @param key the idempotency key, or null for none
 * @param spec packed
 */
public record NewJob(String taskType, int taskTypeVersion, Tenant tenant, String name, Map<String, String> labels,
        Bytes fingerprint, int maxAttempts, @Nullable Duration timeout, @Nullable String key, Bytes spec) {}
