package dev.outboard.standalone;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import dev.outboard.standalone.log.LogSetup;
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
        return print(command, new Failure(ExitCode.USAGE, message(e),
                "see ./" + command.getCommandSpec().qualifiedName() + " --help"), null);
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            // what follows speaks of Java's classes; of groups picocli says itself that it is an error
            return String.valueOf(e.getMessage())
                    .replaceFirst(" to class [\\w.$]+ \\(.*\\)$", "")
                    .replaceFirst("^Error: ", "");
        }
        var word = unmatched.getUnmatched().getFirst();
        var what = unmatched.isUnknownOption()
                ? "there is no option '" + word + "'"
                : e.getCommandLine().getSubcommands().isEmpty()
                        ? "'" + word + "' is an argument too many"
                        : "there is no command '" + word + "'";
        // picocli finds some likeness to almost anything
        var near = unmatched.getSuggestions().stream().filter(other -> first(other) == first(word)).toList();
        return near.isEmpty() ? what : what + " (did you mean " + String.join(" or ", near) + "?)";
    }

    private static char first(String word) {
        var bare = word.replaceFirst("^-+", "");
        return bare.isEmpty() ? '-' : bare.charAt(0);
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
