package dev.outboard.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param jobs newest first; without outputs and custom info; may be empty although more pages follow
 * @param nextPageToken for the next page, opaque; null on the last one
 */
public record JobPage(List<Job> jobs, @Nullable String nextPageToken) {}
