package dev.outboard.standalone.roles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.runtime.Platform;
import dev.outboard.runtime.sweep.Finding;
import dev.outboard.runtime.sweep.Line;
import dev.outboard.runtime.sweep.Looked;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a sweep has found and done, for people and for programs. */
record SweepReport(Platform platform, Looked.Seen seen, List<Line> lines) {
    private static final List<String> HEAD = List.of("FINDING", "WHY", "JOB", "ATTEMPT", "EXTERNAL", "SINCE", "DONE");

    /** One finding, as it is shown. */
    private record Row(String finding, String why, String job, @Nullable Integer attempt, String handle,
            @Nullable Instant since, String done) {

        static Row of(Line line) {
            return switch (line.finding()) {
                case Finding.Orphan(var external, var why, var attempt) -> new Row("orphan", words(why),
                        external.jobId(), attempt, external.handle().value(), external.createdAt(), line.done());
                case Finding.Missing(var job, _) -> {
                    var handle = job.attempt().handle();
                    yield new Row("missing", "not on the platform", job.id().toString(), job.attempt().number(),
                            handle == null ? "" : handle.value(), job.times().startedAt(), line.done());
                }
            };
        }

        private static String words(Finding.Why why) {
            return why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        List<String> cells() {
            return Stream.of(finding, why, job, attempt, handle, since, done).map(Text::orDash).toList();
        }
    }

    long orphans() {
        return lines.stream().filter(line -> line.finding() instanceof Finding.Orphan && !line.fixed()).count();
    }

    long missing() {
        return lines.stream().filter(line -> line.finding() instanceof Finding.Missing && !line.fixed()).count();
    }

    /** True if nothing was found, or all of it is put right. */
    boolean clean() {
        return lines.stream().allMatch(Line::fixed);
    }

    /** How much may yet turn out to be something. */
    int unsettled() {
        return seen.suspected() - lines.size();
    }

    /** A line with what was counted. */
    String counts() {
        long fixed = lines.stream().filter(Line::fixed).count();
        return platform.taskType() + ": " + lines.size() + " found, " + fixed + " fixed, "
                + (lines.size() - fixed) + " left; " + seen.explained() + " as they should be"
                + (unsettled() > 0 ? "; " + unsettled() + " not explained yet" : "");
    }

    /** A table, empty if nothing was found. */
    String table() {
        if (lines.isEmpty()) {
            return "";
        }
        var rows = new ArrayList<>(List.of(HEAD));
        lines.forEach(line -> rows.add(Row.of(line).cells()));
        return Table.of(rows);
    }

    /** A sentence for the log. */
    static String sentence(Line line) {
        var row = Row.of(line);
        return Text.oneLine(row.finding() + " (" + row.why() + "): job " + row.job() + ", attempt "
                + (row.attempt() == null ? "unknown" : row.attempt()) + ", external job " + row.handle()
                + (row.done().isEmpty() ? "" : ": " + row.done()));
    }

    String json() {
        var report = JsonNodeFactory.instance.objectNode();
        report.put("task_type", platform.taskType()).put("connector", platform.connector());
        var findings = report.putArray("findings");
        for (var line : lines) {
            var row = Row.of(line);
            ObjectNode finding = findings.addObject().put("finding", row.finding()).put("why", row.why());
            finding.put("job_id", row.job()).put("attempt", row.attempt()).put("handle", row.handle());
            finding.put("since", row.since() == null ? null : row.since().toString());
            finding.put("done", row.done()).put("fixed", line.fixed());
        }
        report.put("left", lines.stream().filter(line -> !line.fixed()).count());
        report.put("unsettled", unsettled()).put("explained", seen.explained());
        return Json.pretty(report);
    }
}
