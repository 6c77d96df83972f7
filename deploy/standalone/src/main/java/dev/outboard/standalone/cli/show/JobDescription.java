package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is known of a job, for a person who wants to understand it; what is not told has no line. */
public final class JobDescription {
    private final Job job;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private JobDescription(Job job, Instant now) {
        this.job = job;
        this.now = now;
    }

    /**
     * @param now which relative times are told from
     */
    public static String of(Job job, Instant now) {
        var description = new JobDescription(job, now);
        description.what();
        description.error();
        description.section("Conditions", job.conditions().stream().map(description::condition).toList());
        description.history();
        description.section("Links", job.links().stream().map(link -> List.of(link.name(), link.uri())).toList());
        description.section("Outputs",
                job.outputs()
                        .entrySet()
                        .stream()
                        .map(output -> List.of(Text.oneLine(output.getKey()), Literals.show(output.getValue())))
                        .toList());
        var stored = Stored.outputs(job);
        description.section("Outputs", stored == null ? List.of() : List.of(List.of(stored)));
        if (!job.customInfo().isMissingNode()) {
            description.section("Platform's info", List.of(List.of(Json.line(job.customInfo()))));
        }
        description.lines.add("");
        description.lines.add("Next: " + NextStep.of(job));
        return String.join("\n", description.lines);
    }

    private void what() {
        var rows = new ArrayList<List<String>>();
        row(rows, "Job", job.id());
        row(rows, "Name", job.name());
        row(rows, "Task type", JobSheet.taskType(job));
        row(rows, "Project", JobSheet.joined("/", job.project(), job.domain()));
        row(rows, "Labels", JobSheet.labels(job));
        var progress = job.progress();
        row(rows, "State", job.stateText() + (progress == null || job.ended() ? "" : "  " + Percent.of(progress)));
        row(rows, "Message", job.message());
        row(rows, "Attempt", JobSheet.attempt(job));
        row(rows, "Connector", JobSheet.connector(job));
        row(rows, "Created", at(job.createdAt()));
        row(rows, "Started", at(job.startedAt()));
        row(rows, "Ended", at(job.endedAt()));
        row(rows, job.ended() ? "Took" : "So far", JobRows.took(job, now));
        row(rows, "Expires", at(job.expiresAt()));
        row(rows, "Cancel", cancel(job.cancel()));
        lines.add(Table.of(rows));
    }

    private static void row(List<List<String>> rows, String name, @Nullable String value) {
        if (value != null && !value.isEmpty() && !value.equals("-")) {
            rows.add(List.of(name, Text.oneLine(value)));
        }
    }

    private void error() {
        var error = job.error();
        if (error == null) {
            return;
        }
        lines.add("");
        lines.add("Error  " + ErrorText.head(error) + (error.retryable() ? ", the same job may do better" : ""));
        ErrorText.lines(error).forEach(line -> lines.add("  " + line));
    }

    private List<String> condition(Job.Condition condition) {
        return List.of(Text.orDash(condition.type()), Text.orDash(condition.reason()),
                Text.orDash(condition.message()), condition.since() == null ? "-" : "since " + at(condition.since()));
    }

    private void history() {
        var history = job.history();
        if (history.isEmpty()) {
            return;
        }
        var rows = new ArrayList<List<String>>();
        boolean noted = history.stream().anyMatch(step -> step.note() != null);
        var head = List.of("STATE", "ATTEMPT", "SINCE", "LASTED");
        rows.add(noted ? with(head, "NOTE") : head);
        for (var i = 0; i < history.size(); i++) {
            var step = history.get(i);
            var last = i + 1 == history.size();
            var row = List.of(Text.orDash(step.stateText()), String.valueOf(step.attempt()),
                    Text.orDash(at(step.at())),
                    lasted(step.at(), last ? job.ended() ? null : now : history.get(i + 1).at()));
            rows.add(noted ? with(row, Text.orDash(step.note())) : row);
        }
        section("History", rows);
    }

    private static List<String> with(List<String> row, String more) {
        return Stream.concat(row.stream(), Stream.of(more)).toList();
    }

    private static String lasted(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "-" : Elapsed.of(Duration.between(from, to));
    }

    private void section(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        Table.of(rows.stream().map(row -> row.stream().map(Text::oneLine).toList()).toList())
                .lines()
                .forEach(line -> lines.add("  " + line));
    }

    private @Nullable String cancel(Job.@Nullable Cancel cancel) {
        return cancel == null ? null : JobSheet.joined("  ", cancel.by(), at(cancel.at()), cancel.reason());
    }

    /** Absolute and relative. */
    private @Nullable String at(@Nullable Instant at) {
        return at == null ? null : at + " (" + Elapsed.ago(at, now) + ")";
    }
}
