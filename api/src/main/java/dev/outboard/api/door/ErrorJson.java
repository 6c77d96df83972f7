package dev.outboard.api.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.job.JobError;

/** Why a job failed, as every answer that shows a job has it; what is not known is absent. */
public final class ErrorJson {
    private ErrorJson() {}

    public static ObjectNode of(JobError error) {
        var node = Json.object()
                .put("kind", error.kind().name())
                .put("code", error.code())
                .put("message", error.message())
                .put("retryable", error.retryable());
        JobJson.text(node, "pointer", error.pointer());
        JobJson.text(node, "next_step", error.nextStep());
        var platform = error.platform();
        if (platform != null) {
            var said = node.putObject("platform").put("name", platform.platform()).put("category", platform.category());
            JobJson.text(said, "code", platform.code());
            JobJson.text(said, "request_id", platform.requestId());
            JobJson.text(said, "link", platform.link());
        }
        return node;
    }
}
