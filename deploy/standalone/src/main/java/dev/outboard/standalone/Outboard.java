package dev.outboard.standalone;

import dev.outboard.bench.BenchVerb;
import dev.outboard.bench.overload.OverloadVerb;
import dev.outboard.bench.staleness.StalenessVerb;
import dev.outboard.crash.CrashVerb;
import dev.outboard.standalone.cli.CancelVerb;
import dev.outboard.standalone.cli.ClientOptions;
import dev.outboard.standalone.cli.CompletionVerb;
import dev.outboard.standalone.cli.ConfigVerb;
import dev.outboard.standalone.cli.CreateVerb;
import dev.outboard.standalone.cli.DeadLetterVerb;
import dev.outboard.standalone.cli.DescribeVerb;
import dev.outboard.standalone.cli.GetVerb;
import dev.outboard.standalone.cli.ListVerb;
import dev.outboard.standalone.cli.ResolveVerb;
import dev.outboard.standalone.cli.RunVerb;
import dev.outboard.standalone.cli.Surroundings;
import dev.outboard.standalone.cli.TaskTypesVerb;
import dev.outboard.standalone.cli.WaitVerb;
import dev.outboard.standalone.demo.DemoRole;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.roles.ApiRole;
import dev.outboard.standalone.roles.BrokerRole;
import dev.outboard.standalone.roles.DevRole;
import dev.outboard.standalone.roles.PlanVerb;
import dev.outboard.standalone.roles.ReconcileVerb;
import dev.outboard.standalone.roles.WorkerRole;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code outboard}; a new verb or role is one more class in the list of subcommands. */
@Command(name = "outboard", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = {
        "Runs jobs on external platforms: each created exactly once, seen within seconds, gone when cancelled.",
        ""}, subcommands = {DemoRole.class, DevRole.class, RunVerb.class, CreateVerb.class, GetVerb.class,
                ListVerb.class, WaitVerb.class, CancelVerb.class, DescribeVerb.class, ResolveVerb.class,
                DeadLetterVerb.class, TaskTypesVerb.class,
                ConfigVerb.class, CompletionVerb.class, ApiRole.class, WorkerRole.class,
                BrokerRole.class, PlanVerb.class, ReconcileVerb.class, BenchVerb.class, OverloadVerb.class,
                StalenessVerb.class,
                CrashVerb.class}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard demo                                   see a job from its start to its result",
                        "  ./outboard dev                                    a server on this machine, until Ctrl-C",
                        "  ./outboard run -f examples/duckdb-report.json     run a job and wait for its end",
                        "  ./outboard get JOB -o json                        how a job is doing",
                        "  ./outboard list --live                            the jobs that have not ended",
                        "  ./outboard COMMAND --help                         options and examples of a command",
                        "",
                        "Standard output carries data, standard error what is meant for people.",
                        "OUTBOARD_SERVER names the server, or OUTBOARD_PROFILE one of ./outboard config; OUTBOARD_TOKEN",
                        "is shown to it. OUTBOARD_LOG=debug shows more, NO_COLOR takes colours away."})
public final class Outboard implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options;

    /** The rest is set by picocli before anything is called. */
    @SuppressWarnings("NullAway.Init")
    Outboard(Surroundings surroundings) {
        options = new ClientOptions(surroundings);
    }

    /** A fresh command line that prints on standard output and error, in UTF-8. */
    public static CommandLine commandLine() {
        return commandLine(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8), Surroundings.ofProcess());
    }

    /** The same, printing elsewhere and elsewhere at home. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err, Surroundings surroundings) {
        var outboard = new CommandLine(new Outboard(surroundings));
        var exits = new LinkedHashMap<String, String>();
        for (var exit : ExitCode.values()) {
            exits.put(String.valueOf(exit.code()), exit.meaning());
        }
        outboard.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exits);
        return outboard.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(Errors::usage)
                .setExecutionExceptionHandler(Errors::execution);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
