package dev.outboard.api.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Reading;
import java.util.Optional;

/** A job as the RFC has it; the RFC's own members are always there. */
final class PollJson {
    private PollJson() {}

    /** For a create and a delete. */
    static ObjectNode brief(Reading.Found found) {
        var job = found.job();
        return Json.object()
                .put("job_id", job.id().toString())
                .put("job_state", Phase.rfc(job))
                .put("error_code", code(job))
                .put("message", message(job))
                .put("phase", Phase.flyte(job))
                .put("position", found.position().toString());
    }

    /** For a poll. */
    static ObjectNode full(Reading.Found found, Optional<Bytes> spec) {
        var job = found.job();
        var node = brief(found);
        spec.ifPresent(packed -> Shown.put(node, "job_spec", Shown.spec(job, packed)));
        JobJson.links(node, job.attempt().links());
        if (job.attempt().info() != null) {
            Shown.put(node, "custom_info", Shown.info(job, job.attempt().info()));
        }
        JobJson.outputs(node, job);
        if (job.attempt().progress() != null) {
            node.put("progress", job.attempt().progress());
        }
        return node;
    }

    private static String code(Job job) {
        if (job.error() != null) {
            return job.error().code();
        }
        return job.state() == State.CANCELLED ? "Cancelled" : "";
    }

    private static String message(Job job) {
        if (job.error() != null) {
            return job.error().message();
        }
        if (job.message() != null) {
            return job.message();
        }
        var cancel = job.cancel();
        return cancel == null
                ? ""
                : "cancel asked by " + cancel.by()
                        + (cancel.reason().isEmpty() ? "" : ": " + cancel.reason());
    }
}
