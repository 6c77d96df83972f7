package dev.outboard.standalone.cli;

import dev.outboard.client.OutboardException;
import dev.outboard.client.Problem;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.URI;
import java.util.Objects;

/** Turns a call that failed into an exit code and a next step. */
final class Failures {
    private Failures() {}

    static Failure of(OutboardException e, URI server) {
        return switch (e) {
            case OutboardException.Refused refused -> refused(refused.problem());
            case OutboardException.NoConnection no -> new Failure(ExitCode.UNREACHABLE,
                    "no server at " + server + ": " + no.getMessage(),
                    "start a server with ./outboard dev, or name one with --server URL");
            case OutboardException.NoAnswer no -> new Failure(ExitCode.UNREACHABLE,
                    "no answer from " + server + ": " + no.getMessage(), "try again; see how it is with curl " + server
                            + "/health/ready");
            case OutboardException.NotOurs no -> new Failure(ExitCode.UNREACHABLE, no.getMessage(),
                    "name Outboard's address with --server URL");
            case OutboardException.TimedOut up -> new Failure(ExitCode.TIMED_OUT, Text.oneLine(up.getMessage()),
                    "wait longer with ./outboard wait " + up.job().id());
        };
    }

    static ExitCode exitOf(int status) {
        return switch (status) {
            case 401, 403 -> ExitCode.UNAUTHORIZED;
            case 404 -> ExitCode.NOT_FOUND;
            case 409, 422, 429 -> ExitCode.REFUSED;
            default -> status >= 500 ? ExitCode.UNREACHABLE : ExitCode.USAGE;
        };
    }

    private static Failure refused(Problem problem) {
        var detail = Text.oneLine(problem.detail());
        var code = problem.code() == null ? "" : " (" + Text.oneLine(problem.code()) + ")";
        var violations = problem.violations()
                .stream()
                .filter(violation -> !isSaid(violation, detail))
                .map(violation -> Text.oneLine(violation.pointer() == null
                        ? violation.detail()
                        : violation.pointer() + ": " + violation.detail()))
                .toList();
        return new Failure(exitOf(problem.status()), detail + code, violations,
                Text.oneLine(Objects.requireNonNullElse(problem.next(), next(problem.status()))));
    }

    /** Of a single violation the detail is often made. */
    private static boolean isSaid(Problem.Violation violation, String detail) {
        var said = Text.oneLine(violation.detail());
        return said.equals(detail) || detail.equals(violation.pointer() + " " + said);
    }

    private static String next(int status) {
        return switch (status) {
            case 401 -> "give a token: OUTBOARD_TOKEN, or ./outboard config set-profile NAME --token-file FILE";
            case 403 -> "ask whoever runs the server for access";
            case 404 -> "check the name and the server (--server URL); ./outboard task-types lists what it knows";
            case 413 -> "make the request smaller: pass large data by its address";
            case 429, 502, 503, 504 -> "try again in a while, or wait longer with --patience SECONDS";
            default -> status >= 500
                    ? "look at the server's log; the same command may be repeated"
                    : "mend the request and run the command again";
        };
    }
}
