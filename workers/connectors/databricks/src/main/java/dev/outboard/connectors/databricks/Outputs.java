package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run leaves: a notebook's result, or why it failed. */
final class Outputs {
    /** Of a trace the end tells most. */
    private static final int MAX_TRACE = 3_000;
    private static final int MAX_RESULT = 8_000;
    private static final Pattern COLOUR = Pattern.compile("\\u001B\\[[0-9;]*m");

    private Outputs() {}

    static Map<String, @Nullable Object> info(JsonNode run, String code, @Nullable JsonNode output) {
        var info = new LinkedHashMap<String, @Nullable Object>();
        info.put("run_id", run.path("run_id").asText());
        info.put("termination_code", code);
        info.putAll(RunState.times(run));
        var result = output == null ? "" : output.at("/notebook_output/result").asText("");
        if (output != null && !result.isEmpty()) {
            info.put("notebook_result", result.length() > MAX_RESULT ? result.substring(0, MAX_RESULT) : result);
            info.put("notebook_result_truncated",
                    output.at("/notebook_output/truncated").asBoolean() || result.length() > MAX_RESULT);
        }
        return info;
    }

    static String message(String code, String message, @Nullable JsonNode output) {
        var text = new StringBuilder(message.isBlank() ? "the run ended with " + code : message);
        var error = output == null ? "" : output.path("error").asText("");
        if (!error.isBlank() && !message.contains(error)) {
            text.append('\n').append(error);
        }
        var trace = output == null ? "" : COLOUR.matcher(output.path("error_trace").asText("")).replaceAll("");
        if (!trace.isBlank()) {
            text.append('\n')
                    .append(trace.length() > MAX_TRACE ? "…" + trace.substring(trace.length() - MAX_TRACE) : trace);
        }
        return text.toString();
    }
}
