package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task type that the server knows.
 *
 * @param connector name and version, or null if not told
 * @param served whether a worker serves it now
 */
record TaskType(String name, List<String> versions, @Nullable String connector, @Nullable String guarantee,
        boolean served,
        @Nullable String partitions) {

    static List<TaskType> listOf(JsonNode json) {
        return StreamSupport.stream(json.path("task_types").spliterator(), false).map(TaskType::of).toList();
    }

    private static TaskType of(JsonNode json) {
        var versions = StreamSupport.stream(json.path("versions").spliterator(), false).map(JsonNode::asText).toList();
        var name = Json.text(json.path("connector"), "name");
        var version = Json.text(json.path("connector"), "version");
        var connector = name == null || version == null ? name : name + " " + version;
        return new TaskType(Objects.requireNonNullElse(Json.text(json, "task_type"), "?"), versions, connector,
                Json.text(json, "guarantee"),
                json.path("served").asBoolean(), Json.text(json, "partitions"));
    }
}
