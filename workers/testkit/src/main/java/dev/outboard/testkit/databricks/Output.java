package dev.outboard.testkit.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What runs/get-output tells of one task's run. */
final class Output {
    private Output() {}

    static ObjectNode of(Run run, long id, RunJson json, Instant now) throws Wrong {
        int task = run.taskIds().indexOf(id);
        if (task < 0) {
            if (run.taskIds().size() > 1) {
                throw Wrong.parameter("Retrieving the output of runs with multiple tasks is not supported. Please "
                        + "retrieve the output of each individual task run instead.");
            }
            task = 0;
        }
        var output = RunJson.object();
        output.set("metadata", json.task(run, task, now));
        if (run.ended(now) != null) {
            left(output, run, task);
        }
        return output;
    }

    private static void left(ObjectNode output, Run run, int task) {
        var spec = run.spec().tasks().get(task);
        var ending = run.ending(task);
        if (ending.result() != null && ending.result().startsWith("SUCCESS")) {
            if (spec.has("notebook_task")) {
                var parameters = spec.path("notebook_task").path("base_parameters");
                output.putObject("notebook_output")
                        .put("result", parameters.isObject() ? parameters.toString() : "{}")
                        .put("truncated", false);
            } else {
                output.put("logs", "").put("logs_truncated", false);
            }
        } else if (!ending.upstream()) {
            output.put("error", ending.message());
            if (ending.workload()) {
                output.put("error_trace", "Traceback (most recent call last):\n"
                        + "  File \"/databricks/driver/" + spec.path("task_key").asText()
                        + ".py\", line 1, in <module>\n"
                        + ending.message());
            }
        }
    }
}
