package dev.outboard.dispatcher.job;

import org.jspecify.annotations.Nullable;

/**
 * What the platform itself said of an error; the SPI's, as the core keeps it.
 *
 * @param platform its name for people, such as {@code BigQuery}
 * @param category USER, AUTH, QUOTA, TRANSIENT, TIMEOUT or CANCELLED; a text, so that a later one is passed on
 * @param code its own code, or null
 * @param requestId its own id of the request or the job, or null
 * @param link a page about it, or null
 */
public record PlatformError(String platform, String category, @Nullable String code, @Nullable String requestId,
        @Nullable String link) {}
