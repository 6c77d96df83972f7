package dev.outboard.testkit.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run was asked for, seen to be one that Databricks would take.
 *
 * @param text as it was sent
 * @param token empty for none
 * @param timeout zero for none
 */
record Spec(String text, JsonNode json, String token, String name, Duration timeout, List<JsonNode> tasks) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TOKEN = 64;
    private static final int MOST_TASKS = 100;
    private static final Set<String> WHOLE = Set.of("timeout_seconds", "max_retries", "min_retry_interval_millis",
            "num_workers", "min_workers", "max_workers", "autotermination_minutes", "first_on_demand",
            "ebs_volume_count", "ebs_volume_size", "spot_bid_price_percent");
    /** Azure's price is the only number of all that may be broken. */
    private static final Set<String> BROKEN = Set.of("spot_bid_max_price");

    /** The body as far as it decides whether the run exists already. */
    static ObjectNode read(String text) throws Wrong {
        try {
            if (JSON.readTree(text) instanceof ObjectNode body) {
                numbers("", body);
                if (body.path("idempotency_token").asText().length() > LONGEST_TOKEN) {
                    throw Wrong.parameter("The idempotency token must be at most " + LONGEST_TOKEN + " characters.");
                }
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new Wrong(400, "MALFORMED_REQUEST", "Invalid JSON given in the body of the request");
        }
        throw new Wrong(400, "MALFORMED_REQUEST", "Invalid JSON given in the body of the request - expected a map");
    }

    /** @param flat true where version 2.1 takes a single task that is not in {@code tasks} */
    static Spec of(String text, ObjectNode body, boolean flat) throws Wrong {
        var tasks = new ArrayList<JsonNode>();
        body.path("tasks").forEach(tasks::add);
        if (tasks.isEmpty() && flat && Tasks.named(body) != null) {
            tasks.add(Tasks.lifted(body));
        }
        if (tasks.isEmpty()) {
            throw Wrong.parameter("One of job_cluster_key, new_cluster, or existing_cluster_id must be specified: "
                    + "the run has no tasks.");
        }
        if (tasks.size() > MOST_TASKS) {
            throw Wrong.parameter("A run can have at most " + MOST_TASKS + " tasks.");
        }
        Tasks.git(body.path("git_source"));
        var keys = new HashSet<String>();
        for (var task : tasks) {
            if (!keys.add(task.path("task_key").asText())) {
                throw Wrong.parameter("Duplicate task_key: " + task.path("task_key").asText());
            }
            Tasks.check(task, body);
        }
        return new Spec(text, body, body.path("idempotency_token").asText(), body.path("run_name").asText("Untitled"),
                Duration.ofSeconds(body.path("timeout_seconds").asLong()), List.copyOf(tasks));
    }

    /** A number such as 2.0 is none of Databricks' integers; a string of digits is. */
    private static void numbers(String name, JsonNode value) throws Wrong {
        if (value.isFloatingPointNumber() && !BROKEN.contains(name)) {
            throw Wrong.parameter("Could not parse request object: Expected 'int' for field '" + name + "', got "
                    + value + ".");
        }
        if (WHOLE.contains(name) && !value.isIntegralNumber() && !value.asText().matches("-?[0-9]+")) {
            throw Wrong.parameter("Could not parse request object: Expected 'int' for field '" + name + "'.");
        }
        for (var field : value.properties()) {
            numbers(field.getKey(), field.getValue());
        }
        for (var item : value.isArray() ? value : JSON.createArrayNode()) {
            numbers(name, item);
        }
    }
}
