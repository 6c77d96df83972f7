package dev.outboard.api.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.view.Reading;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job for people and programs; what there is none of is absent. */
final class JobJson {
    private JobJson() {}

    /** All of it. */
    static ObjectNode of(Reading.Found found) {
        var node = brief(found);
        var job = found.job();
        outputs(node, job);
        if (job.attempt().info() != null) {
            Shown.put(node, "custom_info", Shown.info(job, job.attempt().info()));
        }
        return node;
    }

    /** For a list: without what may be large, the outputs and what the platform told. */
    static ObjectNode brief(Reading.Found found) {
        var job = found.job();
        var accepted = job.accepted();
        var node = Json.object()
                .put("id", job.id().toString())
                .put("task_type", accepted.taskType())
                .put("task_type_version", accepted.taskTypeVersion());
        text(node, "project", accepted.tenant().project());
        text(node, "domain", accepted.tenant().domain());
        text(node, "name", accepted.name());
        if (!accepted.labels().isEmpty()) {
            var labels = node.putObject("labels");
            new TreeMap<>(accepted.labels()).forEach(labels::put);
        }
        node.put("state", job.state().name()).put("phase", Phase.flyte(job));
        text(node, "message", job.message());
        if (job.attempt().progress() != null) {
            node.put("progress", job.attempt().progress());
        }
        node.put("attempt", job.attempt().number()).put("max_attempts", accepted.maxAttempts());
        times(node, job);
        conditions(node, found.conditions());
        links(node, job.attempt().links());
        if (job.error() != null) {
            node.set("error", ErrorJson.of(job.error()));
        }
        cancel(node, job);
        var handle = job.attempt().handle();
        if (handle != null) {
            node.putObject("connector").put("name", handle.connector()).put("version", handle.connectorVersion());
        }
        return node.put("position", found.position().toString())
                .put("rev", job.rev())
                .put("incarnation", job.incarnation());
    }

    /** Themselves, or where they lie. */
    static void outputs(ObjectNode node, Job job) {
        switch (job.outputs()) {
            case null -> {
                // none yet
            }
            case Outputs.Inline(var literals) -> Shown.put(node, "outputs", Shown.outputs(job, literals));
            case Outputs.Stored(var uri, var size) -> node.put("outputs_uri", uri).put("outputs_bytes", size);
        }
    }

    private static void times(ObjectNode node, Job job) {
        var times = job.times();
        time(node, "created_at", job.accepted().at());
        time(node, "updated_at", times.updatedAt());
        time(node, "started_at", times.startedAt());
        time(node, "ended_at", times.endedAt());
        time(node, "expires_at", times.expiresAt());
        var history = node.putArray("history");
        times.history()
                .forEach(t -> text(history.addObject()
                        .put("state", t.state().name())
                        .put("attempt", t.attempt())
                        .put("at", t.at().toString()), "note", t.note()));
    }

    private static void conditions(ObjectNode node, List<Condition> conditions) {
        if (!conditions.isEmpty()) {
            var array = node.putArray("conditions");
            conditions.forEach(c -> array.addObject()
                    .put("type", c.type().text())
                    .put("reason", c.reason())
                    .put("message", c.message())
                    .put("since", c.since().toString()));
        }
    }

    static void links(ObjectNode node, List<Link> links) {
        if (!links.isEmpty()) {
            var array = node.putArray("log_links");
            links.forEach(link -> array.addObject().put("name", link.name()).put("uri", link.uri()));
        }
    }

    private static void cancel(ObjectNode node, Job job) {
        var cancel = job.cancel();
        if (cancel != null) {
            var object = node.putObject("cancel").put("by", cancel.by()).put("at", cancel.at().toString());
            text(object, "reason", cancel.reason());
        }
    }

    static void text(ObjectNode node, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static void time(ObjectNode node, String name, @Nullable Instant at) {
        if (at != null) {
            node.put(name, at.toString());
        }
    }
}
