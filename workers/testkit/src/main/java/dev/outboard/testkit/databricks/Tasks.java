package dev.outboard.testkit.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Databricks wants of a task. */
final class Tasks {
    private static final List<String> KINDS = List.of("notebook_task", "spark_python_task", "python_wheel_task",
            "spark_jar_task", "spark_submit_task", "sql_task", "dbt_task", "pipeline_task", "run_job_task",
            "condition_task", "for_each_task");
    /** These run elsewhere, or on a warehouse. */
    private static final List<String> WITHOUT_COMPUTE = List.of("sql_task", "dbt_task", "pipeline_task",
            "run_job_task", "condition_task", "for_each_task");
    private static final List<String> COMPUTE = List.of("existing_cluster_id", "new_cluster", "environment_key");

    private Tasks() {}

    /** Which kind of task it is, or null for none. */
    static @Nullable String named(JsonNode task) {
        return KINDS.stream().filter(task::hasNonNull).findFirst().orElse(null);
    }

    /** The single task of a run that has it in the run's own fields. */
    static ObjectNode lifted(ObjectNode run) {
        var task = run.objectNode().put("task_key", "main");
        for (var name : List.of("existing_cluster_id", "new_cluster", "libraries")) {
            if (run.hasNonNull(name)) {
                task.set(name, run.get(name));
            }
        }
        KINDS.stream().filter(run::hasNonNull).forEach(kind -> task.set(kind, run.get(kind)));
        return task;
    }

    static void git(JsonNode source) throws Wrong {
        if (source.isMissingNode()) {
            return;
        }
        for (var name : List.of("git_url", "git_provider")) {
            if (source.path(name).asText().isEmpty()) {
                throw Wrong.parameter("Missing required field: git_source." + name);
            }
        }
        if (!source.has("git_branch") && !source.has("git_tag") && !source.has("git_commit")) {
            throw Wrong.parameter("One of git_branch, git_tag or git_commit must be specified in git_source.");
        }
    }

    static void check(JsonNode task, JsonNode run) throws Wrong {
        var key = task.path("task_key").asText();
        if (!key.matches("[\\w-]{1,100}")) {
            throw Wrong.parameter("Invalid task_key '" + key + "'.");
        }
        var kind = named(task);
        if (kind == null) {
            throw Wrong.parameter("Task " + key + " has no task to run: one of " + String.join(", ", KINDS)
                    + " must be specified.");
        }
        compute(task, key, kind, run);
        var what = task.path(kind);
        for (var name : List.of("notebook_path", "python_file")) {
            var wanted = kind.equals(name.equals("python_file") ? "spark_python_task" : "notebook_task");
            if (wanted && what.path(name).asText().isEmpty()) {
                throw Wrong.parameter("Missing required field: " + kind + "." + name);
            }
        }
        var source = what.path("source").asText();
        if (source.equals("GIT") && !run.has("git_source")) {
            throw Wrong.parameter("Task " + key + " has source GIT, but the run has no git_source.");
        }
        if (!source.isEmpty() && !source.equals("GIT") && !source.equals("WORKSPACE")) {
            throw Wrong.parameter("'" + source + "' is not a valid source.");
        }
        for (var parameter : what.path("base_parameters")) {
            if (!parameter.isTextual()) {
                throw Wrong.parameter("base_parameters must be a map of strings, got " + parameter + ".");
            }
        }
    }

    private static void compute(JsonNode task, String key, String kind, JsonNode run) throws Wrong {
        long given = COMPUTE.stream().filter(task::hasNonNull).count();
        if (given > 1) {
            throw Wrong.parameter("Only one of " + String.join(", ", COMPUTE) + " can be specified for task " + key
                    + ".");
        }
        if (given == 0 && !WITHOUT_COMPUTE.contains(kind)) {
            throw Wrong.parameter("One of job_cluster_key, new_cluster, or existing_cluster_id must be specified for "
                    + "task " + key + ".");
        }
        if (task.hasNonNull("environment_key")) {
            environment(task.path("environment_key").asText(), key, run);
        }
        if (task.hasNonNull("new_cluster")) {
            cluster(task.path("new_cluster"));
        }
    }

    private static void environment(String wanted, String key, JsonNode run) throws Wrong {
        for (var environment : run.path("environments")) {
            if (environment.path("environment_key").asText().equals(wanted)) {
                return;
            }
        }
        throw Wrong.parameter("The environment_key '" + wanted + "' of task " + key
                + " is not defined in environments.");
    }

    private static void cluster(JsonNode cluster) throws Wrong {
        if (!cluster.has("policy_id")) {
            if (cluster.path("spark_version").asText().isEmpty()) {
                throw Wrong.parameter("Missing required field: new_cluster.spark_version");
            }
            if (!cluster.has("node_type_id") && !cluster.has("instance_pool_id")) {
                throw Wrong.parameter("One of node_type_id or instance_pool_id must be specified in new_cluster.");
            }
            if (!cluster.has("num_workers") && !cluster.has("autoscale")) {
                throw Wrong.parameter("Missing required field: new_cluster.size");
            }
        }
        for (var variable : cluster.path("spark_env_vars")) {
            if (!variable.isTextual()) {
                throw Wrong.parameter("spark_env_vars must be a map of strings, got " + variable + ".");
            }
        }
    }
}
