package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered with success.
 *
 * @param value what the call is about
 * @param json the body as it came
 * @param replayed whether an earlier request with the same key had made the job
 * @param retryAfter when the server wants to be asked again, or null
 */
record Answer<T>(T value, JsonNode json, boolean replayed, @Nullable Duration retryAfter) {}
