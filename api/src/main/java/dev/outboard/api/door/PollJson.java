package dev.outboard.api.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Reading;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** All that helps a person, for propeller shows no more than this: lines, the first the error's own words. */
    private static String message(JobError error) {
        var text = new StringBuilder(error.message());
        var platform = error.platform();
        if (platform != null) {
            text.append('\n').append(platform.platform());
            said(text, ": ", platform.code());
            said(text, ", request ", platform.requestId());
            said(text, ", see ", platform.link());
        }
        said(text, "\nnext: ", error.nextStep());
        return text.toString();
    }

    private static void said(StringBuilder text, String before, @Nullable String what) {
        if (what != null && !what.isEmpty()) {
            text.append(before).append(what);
        }
    }

    private static String message(Job job) {
        if (job.error() != null) {
            return message(job.error());
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
