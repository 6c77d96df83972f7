package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Terminations.End;
import dev.outboard.spi.Link;
import dev.outboard.spi.PollResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run's JSON, of {@code runs/get} or {@code runs/list}, says of it. {@code status} is believed before {@code state}:
 * the older one calls a run INTERNAL_ERROR whose task failed by the user's fault.
 *
 * @param end null while it has not ended
 * @param code of the end, and {@code type}, empty while there is none
 * @param word Databricks' own for where it stands
 */
record RunState(@Nullable End end, String code, String type, String word, String message, boolean queued,
        JsonNode run) {
    private static final Set<String> QUEUED = Set.of("QUEUED", "PENDING", "BLOCKED", "WAITING", "WAITING_FOR_RETRY");
    private static final Set<String> LIVE = Set.of("RUNNING", "TERMINATING", "QUEUED", "PENDING", "BLOCKED", "WAITING",
            "WAITING_FOR_RETRY");
    private static final Set<String> ENDED_V1 = Set.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");

    static RunState of(JsonNode run) {
        var status = run.path("status");
        var word = status.path("state").asText("");
        if (word.equals("TERMINATED")) {
            var details = status.path("termination_details");
            var code = details.path("code").asText("");
            if (!code.isEmpty()) {
                var type = details.path("type").asText("");
                return new RunState(Terminations.end(code, type), code, type, word, details.path("message").asText(""),
                        false,
                        run);
            }
        }
        return word.isEmpty() || word.equals("TERMINATED") ? older(run) : live(word, status(status), run);
    }

    private static RunState older(JsonNode run) {
        var state = run.path("state");
        var word = state.path("life_cycle_state").asText("");
        var message = state.path("state_message").asText("");
        if (!ENDED_V1.contains(word)) {
            return live(word, message, run);
        }
        var result = state.path("result_state").asText("");
        var code = result.isEmpty() ? word : result;
        // by hand or by a limit, this does not say: a run that the user has stopped is the common case
        var end = code.equals("CANCELED") ? End.CANCELLED : Terminations.end(code, "");
        return new RunState(end, code, "", word, message, false, run);
    }

    private static RunState live(String word, String message, JsonNode run) {
        if (endTime(run) > 0 && !LIVE.contains(word)) {
            // it has ended, and how is said in words that are not known yet
            return new RunState(End.FAILED, word.isEmpty() ? "UNKNOWN" : word, "", word, message, false, run);
        }
        return new RunState(null, "", "", word, message, QUEUED.contains(word), run);
    }

    private static String status(JsonNode status) {
        return status.at("/queue_details/message").asText("");
    }

    /** True if the run's output tells more of this end. */
    boolean wantsOutput() {
        var label = RunName.label(run.path("run_name").asText(""));
        // a run that the Python connector began has no label
        return end == End.FAILED || end == End.SUCCEEDED && label != null && label.notebook();
    }

    /** @param output of the run's task, or null if it is not wanted or not there */
    PollResult result(@Nullable JsonNode output) {
        if (end == null) {
            var said = message.isEmpty() ? word : word + ": " + message;
            return new PollResult.Running(queued, said.isEmpty() ? null : said, null, links(), Map.of(), null);
        }
        return switch (end) {
            case SUCCEEDED -> new PollResult.Succeeded(Map.of(), Outputs.info(run, code, output), links());
            case CANCELLED -> new PollResult.Cancelled();
            case FAILED -> new PollResult.Failed(
                    Terminations.error(code, type, Outputs.message(code, message, output), runId(), link()),
                    Outputs.info(run, code, null), links());
        };
    }

    private @Nullable String runId() {
        var id = run.path("run_id").asText("");
        return id.isEmpty() ? null : id;
    }

    private @Nullable String link() {
        var page = run.path("run_page_url").asText("");
        return page.startsWith("https://") || page.startsWith("http://") ? page : null;
    }

    private List<Link> links() {
        var page = link();
        return page == null ? List.of() : List.of(new Link("Databricks Console", page));
    }

    /** When it ended, by Databricks' clock, in milliseconds; 0 while it has not. */
    static long endTime(JsonNode run) {
        return run.path("end_time").asLong(0);
    }

    /** By what lists are ordered: when it ended, or began if it has not, or if nobody wrote it down. */
    static long place(JsonNode run) {
        return endTime(run) > 0 ? endTime(run) : run.path("start_time").asLong(0);
    }

    static Map<String, @Nullable Object> times(JsonNode run) {
        var times = new LinkedHashMap<String, @Nullable Object>();
        for (var name : List.of("setup_duration", "execution_duration", "queue_duration", "run_duration")) {
            if (run.path(name).asLong(0) > 0) {
                times.put(name + "_ms", run.path(name).asLong());
            }
        }
        return times;
    }
}
