package dev.outboard.api.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.view.TaskType;
import java.util.Comparator;
import java.util.List;

/** The known task types, by name. */
final class TaskTypesJson {
    private TaskTypesJson() {}

    static JsonNode of(List<TaskType> types) {
        var root = Json.object();
        var array = root.putArray("task_types");
        types.stream().sorted(Comparator.comparing(TaskType::name)).forEach(type -> {
            var node = array.addObject().put("task_type", type.name());
            var versions = node.putArray("versions");
            type.versions().forEach(versions::add);
            node.putObject("connector").put("name", type.connector()).put("version", type.connectorVersion());
            node.put("guarantee", type.guarantee().name())
                    .put("served", type.served())
                    .put("partitions",
                            type.partitions());
        });
        return root;
    }
}
