package dev.outboard.crash;

import dev.outboard.crash.cluster.ClusterFailed;
import dev.outboard.processes.Machine;
import dev.outboard.processes.ProcessFailed;
import dev.outboard.processes.Processes;
import dev.outboard.spi.Guarantee;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard crash}. */
@Command(name = "crash", mixinStandardHelpOptions = true, description = {
        "Kills real processes under load, and checks that no job is lost or doubled.",
        "Starts three brokers, two APIs, three workers and a simulated platform of its own, hands jobs over,",
        "cancels some and repeats creates, kills and pauses processes all the while, and then compares the",
        "platform's ledger with what clients saw and what Outboard says.",
        "Exits with 1 if a number that must be 0 is not, or if too little was killed for it to mean much.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard crash --jobs 300                       about a minute",
                "  ./outboard crash --jobs 10000 --seed 7 --json crash.json",
                "  ./outboard crash --jobs 1000 --guarantee SEARCH   a platform that does not dedupe"})
public final class CrashVerb implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "1000", description = "How many jobs; the more, the more is killed (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "What the jobs, the faults and the platform's moods follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--guarantee", paramLabel = "NAME", defaultValue = "ADOPT", description = "How the platform treats a repeated create, and what its connector declares: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Guarantee guarantee;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result to this file too, as a JSON object.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Keeps the folder with all logs; that of a run that fails is kept anyway.")
    private boolean keep;

    @Option(names = "--calm", description = "Kills and pauses nothing: only the platform misbehaves.")
    private boolean calm;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Partitions of the jobs' topics (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--clients", paramLabel = "N", description = "Clients at a time, each with one job (default: a fifth of the jobs, 8 to 160).")
    private @Nullable Integer clients;

    @Option(names = "--limit", paramLabel = "DURATION", description = "After which no job is waited for, ISO-8601 (default: 6 minutes and 0.1 s a job; 12 minutes for TOKEN and SEARCH).")
    private @Nullable Duration limit;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public CrashVerb() {}

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        try (var processes = new Processes("crash")) {
            return run(processes, plan);
        }
    }

    /** Says why it failed while the logs are still there to be kept. */
    private int run(Processes processes, Plan plan) throws Exception {
        var machine = Machine.line();
        try {
            var result = new Run(plan, spec.commandLine().getErr()).run(processes);
            Report.print(result, machine, spec.commandLine().getOut());
            if (json != null) {
                Report.write(result, machine, json);
            }
            if (!result.good()) {
                return failed(processes, plan, result.verdict().holds()
                        ? "the promise held, but too little was done to it"
                        : "the promise did not hold");
            }
            if (keep) {
                keep(processes);
            }
            return 0;
        } catch (ClusterFailed | ProcessFailed | IOException e) {
            // after Ctrl-C nobody wants to hear it
            return processes.stopped() ? FAILED : failed(processes, plan, String.valueOf(e.getMessage()));
        }
    }

    private int failed(Processes processes, Plan plan, String why) {
        keep(processes);
        var err = spec.commandLine().getErr();
        err.println("error: " + why);
        err.println("next: read the logs there, and run the same again with " + plan.command());
        return FAILED;
    }

    private void keep(Processes processes) {
        processes.keep();
        spec.commandLine().getErr().println("logs and data are in " + processes.folder());
    }

    private Plan plan() {
        try {
            return new Plan(jobs, seed, guarantee, calm, partitions, clients == null ? Plan.clients(jobs) : clients,
                    limit == null ? Plan.limit(jobs, guarantee) : limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
