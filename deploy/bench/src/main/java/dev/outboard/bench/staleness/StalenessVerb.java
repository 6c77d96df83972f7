package dev.outboard.bench.staleness;

import dev.outboard.bench.BenchFailed;
import dev.outboard.processes.Machine;
import dev.outboard.processes.ProcessFailed;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard staleness}. */
@Command(name = "staleness", mixinStandardHelpOptions = true, description = {
        "Measures how late changes are seen where thousands of jobs share one account, and what it costs.",
        "Starts a broker, an API and workers of its own, and a simulated account that allows few requests:",
        "one that can only list what runs, then one that can say what has changed. Creates and cancels go",
        "on meanwhile. Exits with 1 if a goal is missed. Takes about seven minutes.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard staleness                                10,000 jobs, ten requests a second",
                "  ./outboard staleness --jobs 1000 --for PT30S        in under two minutes",
                "  ./outboard staleness --platform changes             one of the two"})
public final class StalenessVerb implements Callable<Integer> {
    private static final int MISSED = 1;

    /** What the simulated platform can do. */
    enum Kind {
        lists, changes
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "10000", description = "Jobs that run at a time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "10", description = "Requests a second that the account allows (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--page", paramLabel = "N", defaultValue = "100", description = "Jobs on a page of the platform's list (default: ${DEFAULT-VALUE}).")
    private int page;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "PT2M", description = "How long jobs are changed, ISO-8601 (default: ${DEFAULT-VALUE}).")
    private Duration length;

    @Option(names = "--platform", paramLabel = "KIND", description = "Only the one that lists, or the one that tells changes: ${COMPLETION-CANDIDATES} (default: both).")
    private @Nullable Kind kind;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "8", description = "Partitions of each topic, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int partitions;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public StalenessVerb() {}

    @Override
    public Integer call() throws Exception {
        var err = spec.commandLine().getErr();
        var out = spec.commandLine().getOut();
        var plan = plan();
        out.println(Machine.line());
        out.println();
        var missed = new ArrayList<String>();
        for (var one : Stream.of(Kind.values()).filter(any -> kind == null || any == kind).toList()) {
            var processes = new Processes("staleness");
            try (processes) {
                var outcome = new Staleness(plan, one == Kind.changes, line -> {
                    err.println(line);
                    err.flush();
                }).run(processes);
                outcome.print(out);
                missed.addAll(outcome.missed());
            } catch (BenchFailed | ProcessFailed | IOException e) {
                // after Ctrl-C what is measured is gone, and so is the reason to say anything
                if (!processes.stopped()) {
                    err.println("error: " + e.getMessage());
                    err.println("next: run it again when the machine is less busy");
                }
                return MISSED;
            }
        }
        missed.forEach(goal -> err.println("missed: " + goal));
        err.println(missed.isEmpty() ? "every goal is met" : "next: run it again when the machine is less busy");
        return missed.isEmpty() ? 0 : MISSED;
    }

    private Plan plan() {
        try {
            return new Plan(jobs, rate, page, length, partitions);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
