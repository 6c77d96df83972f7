package dev.outboard.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard deadletter}. */
@Command(name = "deadletter", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = {
        "Shows commands that no worker could take, and has them taken again.",
        "A command that cannot be decoded or folded is kept as a dead letter; the jobs beside it go on.",
        "The job that it would have begun is FAILED with Undecodable; one that was there has the",
        "condition DeadLetter.",
        ""}, subcommands = {DeadLetterList.class,
                DeadLetterShow.class, DeadLetterReplay.class}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                        Exits.DONE, Exits.USAGE, "3:no such dead letter", Exits.UNAUTHORIZED,
                        "5:refused: it cannot be taken now either, or its job has no use for it any more",
                        Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                                "  ./outboard deadletter list",
                                "  ./outboard deadletter show duckdb.c3.17",
                                "  ./outboard deadletter replay duckdb.c3.17"})
public final class DeadLetterVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DeadLetterVerb() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
