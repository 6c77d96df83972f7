package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.JobFilter;
import dev.outboard.client.JobState;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.JobRows;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code outboard list}. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Lists jobs, newest first.",
        "Filters are all to hold; a list shows what the server has read, which may lack the last moment.",
        "Prints (-o): table, wide, json, jsonl, or ids (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                Exits.DONE, Exits.USAGE, Exits.UNAUTHORIZED,
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard list --live",
                        "  ./outboard list --state FAILED --label team=a -o wide",
                        "  ./outboard list --all -o jsonl | jq -r 'select(.progress > 0.5).id'"})
public final class ListVerb extends ClientVerb {
    private static final int LARGEST_PAGE = 500;
    private static final int TABLE_AT_ONCE = 500;

    @Option(names = "--state", paramLabel = "STATE", split = ",", converter = States.class, completionCandidates = States.class, description = "In this state; several mean any of them: ${COMPLETION-CANDIDATES}.")
    private Set<JobState> states = EnumSet.noneOf(JobState.class);

    @Option(names = "--live", description = "Those that have not ended.")
    private boolean live;

    @Option(names = "--task-type", paramLabel = "TYPE", split = ",", description = "Of this task type; several mean any of them.")
    private List<String> taskTypes = List.of();

    @Option(names = "--project", paramLabel = "NAME", description = "Of this project.")
    private @Nullable String project;

    @Option(names = "--domain", paramLabel = "NAME", description = "Of this domain.")
    private @Nullable String domain;

    @Option(names = "--name", paramLabel = "NAME", description = "With exactly this name.")
    private @Nullable String name;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "With this label; several must all be there.")
    private Map<String, String> labels = Map.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "All of them, whatever the limit.")
    private boolean all;

    /** Made by picocli. */
    ListVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.allOf(Format.class);
    }

    @Override
    ExitCode act(OutboardClient client) {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit " + limit + " is less than 1", "give 1 or more, or --all");
        }
        var jobs = client.list(filter()).iterator();
        var count = 0;
        if (format() == Format.JSON) {
            Json.array(spec().commandLine().getOut(), "jobs", limited(jobs).map(Job::json).iterator());
        } else {
            count = print(limited(jobs).iterator());
        }
        if (!all && jobs.hasNext()) {
            tell("there are more than " + limit + "; see them with --all, or narrow the filter");
        } else if (count == 0 && format() == Format.TABLE) {
            tell("no jobs" + (filter() == JobFilter.all() ? "" : " that the filter holds for"));
        }
        return ExitCode.OK;
    }

    private JobFilter filter() {
        var wanted = EnumSet.noneOf(JobState.class);
        wanted.addAll(states);
        if (live) {
            wanted.addAll(JobState.live());
        }
        var filter = JobFilter.all().states(wanted);
        for (var type : taskTypes) {
            filter = filter.taskType(type);
        }
        for (var label : labels.entrySet()) {
            filter = filter.label(label.getKey(), label.getValue());
        }
        filter = project == null ? filter : filter.project(project);
        filter = domain == null ? filter : filter.domain(domain);
        filter = name == null ? filter : filter.name(name);
        // one more than wanted tells whether there are more
        return filter.pageSize(all ? LARGEST_PAGE : Math.min(limit, LARGEST_PAGE - 1) + 1);
    }

    private Stream<Job> limited(Iterator<Job> jobs) {
        return Stream.generate(() -> jobs)
                .takeWhile(Iterator::hasNext)
                .map(Iterator::next)
                .limit(all ? Long.MAX_VALUE : limit);
    }

    /** As many rows at a time as decide on the widths; returns how many there were. */
    private int print(Iterator<Job> jobs) {
        var table = new Table();
        var now = surroundings().clock().instant();
        var wide = format() == Format.WIDE;
        var count = 0;
        while (jobs.hasNext()) {
            var rows = new ArrayList<List<String>>();
            if (count == 0) {
                rows.add(JobRows.head(wide));
            }
            for (var row = 0; row < TABLE_AT_ONCE && jobs.hasNext(); row++, count++) {
                var job = jobs.next();
                switch (format()) {
                    case NAME -> print(job.id());
                    case JSONL -> print(Json.line(job.json()));
                    default -> rows.add(JobRows.row(job, wide, now));
                }
            }
            if (format() == Format.TABLE || wide) {
                print(table.more(rows));
            }
        }
        return count;
    }
}
