package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task type that the server knows.
 *
 * @param connector who runs it, or null if not told
 * @param guarantee how its platform treats a create that is repeated under the same key, such as {@code TOKEN}
 * @param served whether a worker serves it now
 * @param partitions of its logs; 0 where it is not told
 * @param json the whole entry; not to be changed
 */
public record TaskType(String name, List<Integer> versions, Job.@Nullable Connector connector,
        @Nullable String guarantee, boolean served, int partitions, JsonNode json) {

    static TaskType of(JsonNode json) {
        var versions = StreamSupport.stream(json.path("versions").spliterator(), false).map(JsonNode::asInt).toList();
        var connector = Json.text(json.path("connector"), "name");
        return new TaskType(Objects.requireNonNullElse(Json.text(json, "task_type"), "?"), versions,
                connector == null ? null : new Job.Connector(connector, Json.text(json.path("connector"), "version")),
                Json.text(json, "guarantee"), json.path("served").asBoolean(), json.path("partitions").asInt(),
                json);
    }
}
