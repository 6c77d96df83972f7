package dev.outboard.dispatcher.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job did what.
 *
 * @param updatedAt the last transition
 * @param startedAt when the platform first had it, or null
 * @param endedAt when it became terminal, or null
 * @param expiresAt from when it may be forgotten and its id start anew, or null while not terminal
 */
public record Times(Instant updatedAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
        @Nullable Instant expiresAt) {}
