package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What finds a run again. Flyte's Python connector's meta reads as one too; the token in it is left where it is.
 */
record RunHandle(Workspace workspace, long runId) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    Handle write() {
        var json = JSON.createObjectNode()
                .put("databricks_instance", workspace.instance())
                .put("run_id", Long.toString(runId));
        if (workspace.secret() != null) {
            json.put("token_secret", workspace.secret());
        }
        return new Handle(VERSION, json.toString());
    }

    /** Null if this is no handle of ours. */
    static @Nullable RunHandle read(Handle handle) {
        try {
            return read(JSON.readTree(handle.value()));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable RunHandle read(JsonNode json) {
        var instance = json.path("databricks_instance").asText("");
        var runId = json.path("run_id").asText("");
        if (instance.isEmpty() || !runId.matches("[0-9]{1,18}")) {
            return null;
        }
        var secret = json.path("token_secret").asText("");
        return new RunHandle(new Workspace(instance, secret.isEmpty() ? null : secret), Long.parseLong(runId));
    }
}
