package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import java.util.List;

/** The exit codes as help tells them, and which of several counts. */
final class Exits {
    static final String HEADING = "%nExit codes:%n";
    static final String DONE = "0:done";
    static final String SUCCEEDED = "0:the job succeeded";
    static final String FAILED = "1:the job failed";
    static final String USAGE = "2:wrong usage, or a request that cannot be right";
    static final String NOT_FOUND = "3:no such job or task type";
    static final String UNAUTHORIZED = "4:not authorized";
    static final String REFUSED = "5:refused: it contradicts what is there, or there is too much";
    static final String TIMED_OUT = "6:the time ran out";
    static final String CANCELLED = "7:the job was cancelled";
    static final String UNREACHABLE = "8:the server could not be reached, or could not serve";

    /** What a script must know first. */
    private static final List<ExitCode> WORST_FIRST = List.of(ExitCode.SOFTWARE, ExitCode.TIMED_OUT,
            ExitCode.UNREACHABLE,
            ExitCode.UNAUTHORIZED, ExitCode.REFUSED, ExitCode.NOT_FOUND, ExitCode.USAGE, ExitCode.FAILED,
            ExitCode.CANCELLED, ExitCode.OK);

    private Exits() {}

    static ExitCode worst(ExitCode a, ExitCode b) {
        return WORST_FIRST.indexOf(a) < WORST_FIRST.indexOf(b) ? a : b;
    }
}
