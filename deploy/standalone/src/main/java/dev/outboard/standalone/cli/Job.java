package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as the server tells it.
 *
 * @param state such as {@code RUNNING}; a word this client does not know counts as not ended
 * @param message the platform's own word, or null
 * @param progress from 0 to 1, or null
 * @param error set when the job failed
 * @param json the whole answer, with what this client does not know
 */
record Job(String id, String taskType, String state, @Nullable String message, @Nullable Double progress,
        @Nullable Error error, JsonNode json) {
    private static final Set<String> END_STATES = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /**
     * Why a job failed.
     *
     * @param message may have several lines, such as the place in an SQL statement
     * @param kind {@code USER} or {@code SYSTEM}
     * @param pointer a JSON pointer into the job file, or null
     */
    record Error(String kind, String code, String message, @Nullable String pointer) {

        /** The message's lines, fit for a terminal; at least one. */
        List<String> lines() {
            var lines = message.lines().map(line -> line.replaceAll("\\p{Cntrl}", "").stripTrailing()).toList();
            return lines.isEmpty() ? List.of("no message") : lines;
        }

        static @Nullable Error of(JsonNode json) {
            return json.isObject()
                    ? new Error(Objects.requireNonNullElse(Json.text(json, "kind"), "SYSTEM"),
                            Objects.requireNonNullElse(Json.text(json, "code"), "Unknown"),
                            json.path("message").asText(""),
                            Json.text(json, "pointer"))
                    : null;
        }
    }

    static Job of(JsonNode json) {
        var progress = json.path("progress");
        return new Job(textOf(json, "id"), textOf(json, "task_type"), textOf(json, "state"),
                Json.text(json, "message"), progress.isNumber() ? progress.doubleValue() : null,
                Error.of(json.path("error")), json);
    }

    /** Whether these can be the words of a job, or some other program answers at this address. */
    boolean isPlausible() {
        return !id.isEmpty() && !state.isEmpty();
    }

    boolean ended() {
        return END_STATES.contains(state);
    }

    /** By declared name; empty where there are none (yet). */
    Map<String, JsonNode> outputs() {
        var outputs = new LinkedHashMap<String, JsonNode>();
        json.path("outputs").properties().forEach(entry -> outputs.put(entry.getKey(), entry.getValue()));
        return outputs;
    }

    /** From created to ended, or null where either is not told. */
    @Nullable
    Duration took() {
        var created = instant("created_at");
        var ended = instant("ended_at");
        return created == null || ended == null ? null : Duration.between(created, ended);
    }

    private static String textOf(JsonNode json, String member) {
        return Objects.requireNonNullElse(Json.text(json, member), "");
    }

    private @Nullable Instant instant(String member) {
        var text = Json.text(json, member);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
