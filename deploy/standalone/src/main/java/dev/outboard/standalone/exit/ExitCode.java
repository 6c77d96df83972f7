package dev.outboard.standalone.exit;

/** What the exit code tells a script. */
public enum ExitCode {
    /** Done; of {@code run}: the job succeeded. */
    OK(0),
    /** The job failed. */
    FAILED(1),
    /** The command line, the file or the request was wrong: mend it first. */
    USAGE(2),
    /** No such job or task type. */
    NOT_FOUND(3),
    /** The job was cancelled. */
    CANCELLED(7),
    /** No server answered, or it could not serve; the same command may work later. */
    UNREACHABLE(8),
    /** A fault in this program (as sysexits.h has it), so that no script takes it for a failed job. */
    SOFTWARE(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
