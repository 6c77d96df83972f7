package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job as a sheet of names and values for a person; what is not told has no line. */
public final class JobSheet {
    private final List<List<String>> rows = new ArrayList<>();

    private JobSheet() {}

    public static String of(Job job) {
        var sheet = new JobSheet();
        sheet.row("job", job.id());
        var progress = job.progress();
        sheet.row("state", job.stateText() + (progress == null || job.ended() ? "" : "  " + Percent.of(progress)));
        sheet.row("message", job.message());
        var error = job.error();
        if (error != null) {
            sheet.rows.addAll(ErrorText.rows(error));
        }
        job.outputs()
                .forEach((name, literal) -> sheet.row("output", Text.oneLine(name) + "  " + Literals.show(literal)));
        sheet.row("outputs", Stored.outputs(job));
        job.conditions().forEach(condition -> sheet.row("condition", condition(condition)));
        job.links().forEach(link -> sheet.row("link", joined("  ", link.name(), link.uri())));
        sheet.row("task type", taskType(job));
        sheet.row("project", joined("/", job.project(), job.domain()));
        sheet.row("name", job.name());
        sheet.row("labels", labels(job));
        sheet.row("attempt", attempt(job));
        sheet.row("connector", connector(job));
        sheet.row("cancel", cancel(job.cancel()));
        sheet.row("created", time(job.createdAt()));
        sheet.row("started", time(job.startedAt()));
        sheet.row("ended", ended(job));
        sheet.row("expires", time(job.expiresAt()));
        return Table.of(sheet.rows);
    }

    private void row(String name, @Nullable String value) {
        if (value != null) {
            rows.add(List.of(name, Text.oneLine(value)));
        }
    }

    private static @Nullable String condition(Job.Condition condition) {
        var what = joined(": ", condition.type(), condition.message());
        return what == null || condition.since() == null ? what : what + "  (since " + condition.since() + ")";
    }

    static @Nullable String taskType(Job job) {
        return job.json().has("task_type_version")
                ? job.taskType() + " v" + job.taskTypeVersion()
                : joined("", job.taskType());
    }

    static @Nullable String labels(Job job) {
        return job.labels().isEmpty()
                ? null
                : job.labels()
                        .entrySet()
                        .stream()
                        .map(label -> Text.oneLine(label.getKey() + "=" + label.getValue()))
                        .collect(Collectors.joining(", "));
    }

    static @Nullable String attempt(Job job) {
        return job.maxAttempts() == 0 ? null : job.attempt() + " of " + job.maxAttempts();
    }

    static @Nullable String connector(Job job) {
        var connector = job.connector();
        return connector == null ? null : joined(" ", connector.name(), connector.version());
    }

    static @Nullable String cancel(Job.@Nullable Cancel cancel) {
        return cancel == null ? null : joined("  ", cancel.by(), time(cancel.at()), cancel.reason());
    }

    static @Nullable String ended(Job job) {
        var took = job.took();
        var at = time(job.endedAt());
        return took == null ? at : at + "  (after " + Elapsed.of(took) + ")";
    }

    static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** Those that are there, or null. */
    static @Nullable String joined(String separator, @Nullable String... parts) {
        var there = Stream.of(parts)
                .filter(part -> part != null && !part.isEmpty())
                .map(Objects::requireNonNull)
                .toList();
        return there.isEmpty() ? null : Text.oneLine(String.join(separator, there));
    }
}
