package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.URI;
import java.util.Objects;

/** Turns a call that failed into an exit code and a next step. */
final class Failures {
    private Failures() {}

    static Failure of(JobsException e, URI server) {
        return switch (e) {
            case JobsException.Refused refused -> refused(refused.problem());
            case JobsException.NoConnection no -> new Failure(ExitCode.UNREACHABLE,
                    "no server at " + server + ": " + no.getMessage(),
                    "start a server with ./outboard dev, or name one with --server URL");
            case JobsException.NoAnswer no -> new Failure(ExitCode.UNREACHABLE,
                    "no answer from " + server + ": " + no.getMessage(), "try again; see how it is with curl " + server
                            + "/health/ready");
            case JobsException.NotOurs no -> new Failure(ExitCode.UNREACHABLE, no.getMessage(),
                    "name Outboard's address with --server URL");
        };
    }

    static ExitCode exitOf(int status) {
        if (status == 404) {
            return ExitCode.NOT_FOUND;
        }
        return status >= 500 || status == 429 ? ExitCode.UNREACHABLE : ExitCode.USAGE;
    }

    private static Failure refused(Problem problem) {
        var code = problem.code() == null ? "" : " (" + problem.code() + ")";
        return new Failure(exitOf(problem.status()), problem.message() + code, problem.violations(),
                Objects.requireNonNullElse(problem.next(), next(problem.status())));
    }

    private static String next(int status) {
        return switch (status) {
            case 401, 403 -> "ask whoever runs the server for access";
            case 404 -> "check the name and the server (--server URL); ./outboard task-types lists what it knows";
            case 413 -> "make the request smaller: pass large data by its address";
            case 429, 502, 503, 504 -> "try again in a while, or wait longer with --patience SECONDS";
            default -> status >= 500
                    ? "look at the server's log; the same command may be repeated"
                    : "mend the request and run the command again";
        };
    }
}
