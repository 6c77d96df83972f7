package dev.outboard.standalone;

import dev.outboard.bench.BenchVerb;
import dev.outboard.standalone.cli.CancelVerb;
import dev.outboard.standalone.cli.ClientOptions;
import dev.outboard.standalone.cli.GetVerb;
import dev.outboard.standalone.cli.RunVerb;
import dev.outboard.standalone.cli.TaskTypesVerb;
import dev.outboard.standalone.demo.DemoRole;
import dev.outboard.standalone.roles.ApiRole;
import dev.outboard.standalone.roles.BrokerRole;
import dev.outboard.standalone.roles.DevRole;
import dev.outboard.standalone.roles.WorkerRole;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code outboard}; a new verb or role is one more class in the list of subcommands. */
@Command(name = "outboard", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = {
        "Runs jobs on external platforms: each created exactly once, seen within seconds, gone when cancelled.",
        ""}, subcommands = {DemoRole.class, DevRole.class, RunVerb.class, GetVerb.class, CancelVerb.class,
                TaskTypesVerb.class, ApiRole.class, WorkerRole.class,
                BrokerRole.class, BenchVerb.class}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard demo                                   see a job from its start to its result",
                        "  ./outboard dev                                    a server on this machine, until Ctrl-C",
                        "  ./outboard run -f examples/duckdb-report.json     run a job and wait for its end",
                        "  ./outboard get JOB -o json                        how a job is doing",
                        "  ./outboard COMMAND --help                         options and examples of a command",
                        "",
                        "Standard output carries data, standard error what is meant for people.",
                        "OUTBOARD_SERVER names the server, OUTBOARD_LOG=debug shows more, NO_COLOR takes colours away."})
public final class Outboard implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options;

    /** Set by picocli before anything is called. */
    @SuppressWarnings("NullAway.Init")
    Outboard() {}

    /** A fresh command line that prints on standard output and error, in UTF-8. */
    public static CommandLine commandLine() {
        return commandLine(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** The same, printing elsewhere. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Outboard()).setOut(out)
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
