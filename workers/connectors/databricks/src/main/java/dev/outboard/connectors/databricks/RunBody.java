package dev.outboard.connectors.databricks;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.TaskTemplate;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import dev.outboard.support.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code runs/submit} for a template of flytekit's: {@code databricksConf} with what Flyte adds to it, as its
 * Python connector does, in the form of one task that version 2.2 of the API wants.
 */
record RunBody(Map<String, @Nullable Object> json) {
    static final String CUSTOM = "/template/custom";
    /** What belongs to the task; all else that a user sets is the run's. */
    private static final Set<String> TASKS = Set.of("existing_cluster_id", "new_cluster", "libraries");
    /** Ours, or replaced: retries are the dispatcher's. */
    private static final Set<String> DROPPED = Set.of("run_name", "python_file", "environment_key", "max_retries",
            "min_retry_interval_millis", "retry_on_timeout", "idempotency_token", "git_source", "environments",
            "tasks");

    /** @throws UserFault if the template cannot be run, with a pointer */
    static RunBody of(CreateRequest request) throws UserFault {
        var custom = Fields.at(CUSTOM, request.template().custom());
        var conf = custom.object("databricksConf");
        if (conf == null) {
            throw custom.missing("databricksConf", "the settings of the run, with new_cluster, existing_cluster_id or "
                    + "environments");
        }
        var compute = Compute.of(conf, request.template(), custom);
        var task = compute.task();
        var notebook = custom.text("notebookPath");
        var flavour = Flavour.of(custom);
        if (notebook == null) {
            task.put("task_key", "flyte_task");
            task.put("spark_python_task", python(conf, compute, flavour, custom, request.template()));
        } else {
            task.put("task_key", compute.serverless() ? "flyte_notebook_task" : "flyte_task");
            task.put("notebook_task", notebook(notebook, custom, conf.has("git_source")));
        }
        task.put("max_retries", 0L);
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("run_name", RunName.of(conf.text("run_name"), request, notebook != null));
        body.put("idempotency_token", request.key());
        body.put("tasks", List.of(Whole.numbers(task)));
        conf.values().forEach((name, value) -> {
            if (!TASKS.contains(name) && !DROPPED.contains(name)) {
                body.put(name, Whole.numbers(value));
            }
        });
        if (compute.environments() != null) {
            body.put("environments", Whole.numbers((Object) compute.environments()));
        }
        var git = conf.object("git_source");
        if (git != null) {
            body.put("git_source", Whole.numbers(git.values()));
        } else if (notebook == null) {
            body.put("git_source", flavour.entrypoints());
        }
        // else a run beyond the workspace's limit is SKIPPED
        body.putIfAbsent("queue", Map.of("enabled", true));
        return new RunBody(body);
    }

    private static Map<String, @Nullable Object> python(Fields conf, Compute compute, Flavour flavour, Fields custom,
            TaskTemplate template) throws UserFault {
        var parameters = new ArrayList<String>();
        var container = template.container();
        if (container != null) {
            parameters.addAll(container.args());
        }
        var provider = custom.text("databricksServiceCredentialProvider");
        if (compute.serverless() && provider != null) {
            parameters.add("--flyte-credential-provider=" + provider);
        }
        var users = conf.text("python_file");
        var task = new LinkedHashMap<String, @Nullable Object>();
        task.put("python_file", users != null ? users : flavour.pythonFile(compute.serverless()));
        task.put("source", "GIT");
        task.put("parameters", parameters);
        return task;
    }

    private static Map<String, @Nullable Object> notebook(String path, Fields custom, boolean git) throws UserFault {
        var task = new LinkedHashMap<String, @Nullable Object>();
        task.put("notebook_path", path);
        var parameters = custom.object("notebookBaseParameters");
        if (parameters != null && !parameters.names().isEmpty()) {
            task.put("base_parameters", parameters.values());
        }
        if (git) {
            task.put("source", "GIT");
        }
        return task;
    }
}
