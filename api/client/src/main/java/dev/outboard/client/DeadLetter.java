package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command that the server's workers could not take.
 *
 * @param position names it, such as {@code duckdb.c3.17}
 * @param jobId that it is about, or null where it named none
 * @param at when a worker found that, or null if not told
 * @param reason for people
 * @param size of the command in bytes
 * @param json the whole answer; not to be changed
 */
public record DeadLetter(String position, String taskType, @Nullable String jobId, @Nullable Instant at,
        @Nullable String reason, long size, JsonNode json) {

    static DeadLetter of(JsonNode json) {
        return new DeadLetter(Objects.requireNonNullElse(Json.text(json, "position"), "?"),
                Objects.requireNonNullElse(Json.text(json, "task_type"), "?"), Json.text(json, "job_id"),
                Json.time(json, "at"), Json.text(json, "reason"), json.path("size").asLong(), json);
    }
}
