package dev.outboard.bench.overload;

import dev.outboard.bench.BenchFailed;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.processes.Machine;
import dev.outboard.processes.ProcessFailed;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard overload}. */
@Command(name = "overload", mixinStandardHelpOptions = true, description = {
        "Offers far more jobs than a worker can take, and checks what Outboard promises then.",
        "Starts a broker, an API and a worker of its own with small heaps. Memory stays bounded in each,",
        "creates are accepted or refused with Retry-After, every accepted job ends, and polls are",
        "answered all along; else it exits with 1. Takes about five minutes.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard overload                               ten times as many, for two minutes",
                "  ./outboard overload --for PT15S --max-live 2000   in about a minute"})
public final class OverloadVerb implements Callable<Integer> {
    private static final int BROKEN = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "PT2M", description = "How long it goes on, ISO-8601 (default: ${DEFAULT-VALUE}).")
    private Duration length;

    @Option(names = "--call", paramLabel = "DURATION", defaultValue = "PT1S", description = "Time of a create at the worker's platform, of which it has 256 under way: a slow one makes a busy machine do (default: ${DEFAULT-VALUE}).")
    private Duration call;

    @Option(names = "--times", paramLabel = "N", defaultValue = "10", description = "Offers so many times what the worker takes (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--heap", paramLabel = "MIB", defaultValue = "256", description = "Heap of the API and of the worker, each (default: ${DEFAULT-VALUE}).")
    private int heap;

    @Option(names = "--max-untaken", paramLabel = "N", defaultValue = "10000", description = "The API's --max-untaken (default: ${DEFAULT-VALUE}).")
    private int maxUntaken;

    @Option(names = "--max-live", paramLabel = "N", defaultValue = "20000", description = "The worker's --max-live (default: ${DEFAULT-VALUE}).")
    private int maxLive;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = ""
            + LogConfig.DEFAULT_PARTITIONS, description = "Partitions of each topic, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int partitions;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public OverloadVerb() {}

    @Override
    public Integer call() throws Exception {
        var err = spec.commandLine().getErr();
        var out = spec.commandLine().getOut();
        var plan = plan();
        var machine = Machine.line();
        var processes = new Processes("overload");
        try (processes) {
            var outcome = new Overload(plan, line -> {
                err.println(line);
                err.flush();
            }).run(processes);
            out.println(machine);
            out.println();
            outcome.print(out);
            var broken = outcome.broken();
            broken.forEach(promise -> err.println("broken: " + promise));
            err.println(broken.isEmpty() ? "every promise was kept" : "next: look where it broke; it must not");
            return broken.isEmpty() ? 0 : BROKEN;
        } catch (BenchFailed | ProcessFailed | IOException e) {
            // after Ctrl-C what is tried is gone, and so is the reason to say anything
            if (!processes.stopped()) {
                err.println("error: " + e.getMessage());
                err.println("next: run it again when the machine is less busy");
            }
            return BROKEN;
        }
    }

    private Plan plan() {
        try {
            return new Plan(length, call, times, heap, maxUntaken, maxLive, partitions);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
