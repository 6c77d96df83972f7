package dev.outboard.standalone.exit;

/** What the exit code tells a script. */
public enum ExitCode {
    OK(0, "done; where a job was followed: it succeeded"), FAILED(1, "the job failed"),
    /** To be mended before the same can be tried again. */
    USAGE(2, "the command line, a file or the request is wrong"), NOT_FOUND(3,
            "no such job or task type"), UNAUTHORIZED(4, "not authorized (401, 403)"), REFUSED(5,
                    "refused: it contradicts what is there (409, 422), or there is too much of it (429)"), TIMED_OUT(6,
                            "the time to wait ran out; the job goes on"), CANCELLED(7, "the job was cancelled"),
    /** The same command may work later. */
    UNREACHABLE(8, "no server answered, or it could not serve (5xx)"),
    /** As sysexits.h has it, so that no script takes it for a failed job. */
    SOFTWARE(70, "a fault in this program");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }
}
