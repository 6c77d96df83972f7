package dev.outboard.spi;

import java.time.Instant;

/**
 * An external job that a platform lists as ours. All but {@code handle}, {@code live} and {@code createdAt} are read back
 * from the labels that {@link Connector#create} put on it.
 *
 * @param taskType of the job that it was created for
 * @param jobId of that job, as {@link CreateRequest#jobId}
 * @param key of that attempt, as {@link CreateRequest#key}
 * @param handle equal to the one that {@link Connector#create} gives for it
 * @param live false once it has ended and can do nothing more
 * @param createdAt by the platform's clock; for people alone
 */
public record ExternalJob(String taskType, String jobId, String key, Handle handle, boolean live, Instant createdAt) {}
