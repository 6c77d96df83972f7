package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job as a sheet of names and values for a person; what is not told has no line. */
final class JobSheet {
    private final List<List<String>> rows = new ArrayList<>();

    private JobSheet() {}

    static String of(Job job) {
        var json = job.json();
        var sheet = new JobSheet();
        sheet.row("job", job.id());
        sheet.row("state",
                job.state() + (job.progress() == null || job.ended() ? "" : "  " + Percent.of(job.progress())));
        sheet.row("message", job.message());
        sheet.error(job.error());
        job.outputs()
                .forEach((name, literal) -> sheet.row("output", Json.oneLine(name) + "  " + Literals.show(literal)));
        json.path("conditions").forEach(condition -> sheet.row("condition", condition(condition)));
        json.path("log_links").forEach(link -> sheet.row("link", joined("  ", link, "name", "uri")));
        sheet.row("task type", joined(" v", json, "task_type", "task_type_version"));
        sheet.row("project", joined("/", json, "project", "domain"));
        sheet.row("name", Json.text(json, "name"));
        sheet.row("labels", labels(json.path("labels")));
        sheet.row("attempt", joined(" of ", json, "attempt", "max_attempts"));
        sheet.row("connector", joined(" ", json.path("connector"), "name", "version"));
        sheet.row("cancel", joined("  ", json.path("cancel"), "by", "at", "reason"));
        sheet.row("created", Json.text(json, "created_at"));
        sheet.row("started", Json.text(json, "started_at"));
        sheet.row("ended", ended(job));
        sheet.row("expires", Json.text(json, "expires_at"));
        return Table.of(sheet.rows);
    }

    private void row(String name, @Nullable String value) {
        if (value != null) {
            rows.add(List.of(name, value));
        }
    }

    private void error(Job.@Nullable Error error) {
        if (error == null) {
            return;
        }
        row("error", error.kind() + " " + error.code() + (error.pointer() == null ? "" : " at " + error.pointer()));
        error.lines().forEach(line -> row("", line));
    }

    private static @Nullable String condition(JsonNode condition) {
        var since = Json.text(condition, "since");
        var what = joined(": ", condition, "type", "message");
        return what == null ? null : what + (since == null ? "" : "  (since " + since + ")");
    }

    private static @Nullable String labels(JsonNode labels) {
        return labels.isEmpty()
                ? null
                : labels.properties()
                        .stream()
                        .map(label -> Json.oneLine(label.getKey() + "=" + label.getValue().asText()))
                        .collect(Collectors.joining(", "));
    }

    private static @Nullable String ended(Job job) {
        var at = Json.text(job.json(), "ended_at");
        var took = job.took();
        return at == null || took == null ? at : at + "  (after " + Elapsed.of(took) + ")";
    }

    private static @Nullable String joined(String separator, JsonNode node, String... members) {
        var parts = Stream.of(members).map(member -> Json.text(node, member)).filter(Objects::nonNull).toList();
        return parts.isEmpty() ? null : String.join(separator, parts);
    }
}
