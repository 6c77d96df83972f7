package dev.outboard.connectors.databricks;

import dev.outboard.spi.TaskTemplate;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run runs on: a cluster of its own or an existing one, or serverless.
 *
 * @param task the beginning of its task: the cluster's fields or the environment's key
 * @param environments of a serverless run, or null
 */
record Compute(boolean serverless, Map<String, @Nullable Object> task, @Nullable List<Object> environments) {
    private static final String DEFAULT_KEY = "default";

    static Compute of(Fields conf, TaskTemplate template, Fields custom) throws UserFault {
        if (conf.has("existing_cluster_id") || conf.has("new_cluster")) {
            return classic(conf, template, custom);
        }
        if (conf.text("environment_key") == null && conf.list("environments").isEmpty()) {
            throw new UserFault("MissingField",
                    "`databricksConf` names no compute: give it new_cluster, existing_cluster_id, "
                            + "environment_key or environments",
                    conf.pointer());
        }
        return serverless(conf, template, custom);
    }

    private static Compute classic(Fields conf, TaskTemplate template, Fields custom) throws UserFault {
        var task = new LinkedHashMap<String, @Nullable Object>();
        var existing = conf.text("existing_cluster_id");
        var cluster = conf.object("new_cluster");
        if (existing != null) {
            task.put("existing_cluster_id", existing);
        } else if (cluster != null) {
            var json = cluster.values();
            var container = template.container();
            if (!cluster.has("docker_image") && container != null && !container.image().isEmpty()) {
                json.put("docker_image", Map.of("url", container.image()));
            }
            if (!cluster.has("spark_conf")) {
                var sparkConf = custom.object("sparkConf");
                json.put("spark_conf", sparkConf == null ? Map.of() : sparkConf.values());
            }
            json.put("spark_env_vars", overlaid(cluster.object("spark_env_vars"), template, custom));
            task.put("new_cluster", json);
        }
        if (conf.has("libraries")) {
            task.put("libraries", conf.list("libraries"));
        }
        return new Compute(false, task, null);
    }

    private static Compute serverless(Fields conf, TaskTemplate template, Fields custom) throws UserFault {
        var named = conf.text("environment_key");
        var key = named == null ? DEFAULT_KEY : named;
        var environments = new ArrayList<Object>();
        boolean found = false;
        for (var environment : conf.objects("environments")) {
            boolean ours = key.equals(environment.text("environment_key"));
            found |= ours;
            environments.add(ours ? equipped(environment, template, custom) : environment.values());
        }
        if (!found) {
            environments.add(equipped(Fields.at(conf.pointer("environments"), Map.of("environment_key", key)), template,
                    custom));
        }
        var task = new LinkedHashMap<String, @Nullable Object>();
        task.put("environment_key", key);
        return new Compute(true, task, environments);
    }

    private static Map<String, @Nullable Object> equipped(Fields environment, TaskTemplate template, Fields custom)
            throws UserFault {
        var json = environment.values();
        var given = environment.object("spec");
        var spec = given == null ? new LinkedHashMap<String, @Nullable Object>() : given.values();
        if (given == null) {
            spec.put("client", "1");
        }
        spec.put("environment_vars",
                overlaid(given == null ? null : given.object("environment_vars"), template, custom));
        json.put("spec", spec);
        return json;
    }

    private static Map<String, @Nullable Object> overlaid(@Nullable Fields users, TaskTemplate template, Fields custom)
            throws UserFault {
        var env = users == null ? new LinkedHashMap<String, @Nullable Object>() : users.values();
        var container = template.container();
        if (container != null) {
            env.putAll(container.env());
        }
        if (Flavour.of(custom) == Flavour.FLYTE_1) {
            env.put("FLYTE_FAIL_ON_ERROR", "true");
        }
        return env;
    }
}
