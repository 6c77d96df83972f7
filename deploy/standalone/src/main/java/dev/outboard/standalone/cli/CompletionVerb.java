package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outboard completion}. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = {
        "Prints the script that makes a shell complete this command line.",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {Exits.DONE,
                "2:wrong usage"}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard completion zsh > ~/.outboard-completion && source ~/.outboard-completion",
                        "  source <(./outboard completion bash)"})
public final class CompletionVerb implements Callable<Integer> {
    /** One script serves both: under zsh it turns on what makes zsh understand bash's. */
    enum Shell {
        bash, zsh
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    CompletionVerb() {}

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(AutoComplete.bash("outboard", spec.root().commandLine()));
        return ExitCode.OK.code();
    }
}
