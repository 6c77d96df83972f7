package dev.outboard.testkit.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs as runs/get and runs/list show them, with their state in the API's two versions. */
final class RunJson {
    private static final String CREATOR = "outboard@example.com";
    private static final long WORKSPACE = 900800700600L;

    private final URI url;
    private volatile @Nullable String oddState;

    /** @param url of the workspace */
    RunJson(URI url) {
        this.url = url;
    }

    void oddState(@Nullable String state) {
        oddState = state;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * @param at a time that is not after the latest {@link Run#settle}
     * @param whole false for what a list shows
     */
    ObjectNode run(Run run, Instant at, boolean whole) {
        var json = base(run, at).put("run_name", run.spec().name())
                .put("number_in_job", run.id())
                .put("original_attempt_run_id", run.id())
                .put("trigger", "ONE_TIME")
                .put("run_page_url",
                        url + "/?o=" + WORKSPACE + "#job/" + run.jobId() + "/run/" + run.id())
                .put("run_type", "SUBMIT_RUN")
                .put("format", "MULTI_TASK");
        json.put("run_duration", json.path("execution_duration").asLong());
        var ending = run.ended(at) == null ? null : run.ending();
        var first = run.spec().tasks().getFirst().path("task_key").asText();
        states(json, run.state(at), ending, ending == null ? "" : ending.lifeCycle(),
                ending == null ? "" : ending.runMessage(first));
        if (whole) {
            if (run.spec().json().has("git_source")) {
                json.set("git_source", run.spec().json().get("git_source"));
            }
            var tasks = json.putArray("tasks");
            for (int task = 0; task < run.spec().tasks().size(); task++) {
                tasks.add(task(run, task, at));
            }
        }
        return json;
    }

    ObjectNode task(Run run, int task, Instant at) {
        var json = base(run, at).put("run_id", run.taskId(task));
        run.spec().tasks().get(task).properties().forEach(field -> json.set(field.getKey(), field.getValue()));
        json.put("run_if", "ALL_SUCCESS");
        var ending = run.ended(at) == null ? null : run.ending(task);
        var lifeCycle = ending == null ? "" : ending.failed() ? "TERMINATED" : ending.lifeCycle();
        states(json, run.state(at), ending, ending != null && ending.upstream() ? "TERMINATED" : lifeCycle,
                ending == null ? "" : ending.taskMessage());
        return json;
    }

    private static ObjectNode base(Run run, Instant at) {
        var ended = run.ended(at);
        var began = run.started();
        boolean ran = ended != null && ended.isAfter(began);
        return object().put("job_id", run.jobId())
                .put("run_id", run.id())
                .put("creator_user_name", CREATOR)
                .put("attempt_number", 0)
                .put("start_time", run.created().toEpochMilli())
                .put("setup_duration", 0)
                .put("execution_duration", ran ? Duration.between(began, ended).toMillis() : 0)
                .put("cleanup_duration", 0)
                .put("end_time", ended == null ? 0 : ended.toEpochMilli());
    }

    private void states(ObjectNode json, String state, @Nullable Ending ending, String lifeCycle, String message) {
        var odd = oddState;
        var old = json.putObject("state")
                .put("life_cycle_state", odd != null ? odd : ending == null ? state : lifeCycle)
                .put("state_message", message)
                .put("user_cancelled_or_timedout", ending != null && ending.stopped());
        var status = json.putObject("status").put("state", odd != null ? odd : state);
        if (ending != null) {
            if (ending.result() != null) {
                old.put("result_state", ending.result());
            }
            status.putObject("termination_details")
                    .put("code", ending.code())
                    .put("type", ending.type())
                    .put("message", message);
        } else if (state.equals("QUEUED")) {
            status.putObject("queue_details")
                    .put("code", "ACTIVE_RUNS_LIMIT_REACHED")
                    .put("message", "Run is queued due to reaching the workspace limit of active task runs.");
            old.put("queue_reason", "Queued due to reaching the workspace limit of active task runs.");
        }
    }
}
