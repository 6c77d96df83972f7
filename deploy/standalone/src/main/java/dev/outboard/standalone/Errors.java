package dev.outboard.standalone;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says every error in the same shape: what, details, one next step. No stack traces but at {@code OUTBOARD_LOG=debug}. */
final class Errors {
    private Errors() {}

    static int usage(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var message = new StringBuilder(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            message.append(" (did you mean ").append(String.join(" or ", unmatched.getSuggestions())).append("?)");
        }
        return print(command, new Failure(ExitCode.USAGE, message.toString(),
                "see ./" + command.getCommandSpec().qualifiedName() + " --help"), null);
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        return switch (e) {
            case Failure failure -> print(command, failure, null);
            case ParameterException usage -> usage(usage, new String[0]);
            default -> print(command, new Failure(ExitCode.SOFTWARE, "a fault in this program: " + e, List.of(),
                    "run it again with OUTBOARD_LOG=debug and report what it prints"), e);
        };
    }

    private static int print(CommandLine command, Failure failure, @Nullable Exception fault) {
        var err = command.getErr();
        err.println("error: " + failure.getMessage());
        failure.details().forEach(line -> err.println("  " + line));
        if (fault != null && LogSetup.debug()) {
            fault.printStackTrace(err);
        }
        err.println("next: " + failure.next());
        return failure.exit().code();
    }
}
