package dev.outboard.standalone.exit;

import java.util.List;
import java.util.Objects;

/**
 * Ends a command with lines for a person and an exit code. Thrown by verbs and roles, printed in one place.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final List<String> details;
    private final String next;

    /**
     * @param message what went wrong, one sentence
     * @param details further lines, such as one per violation
     * @param next what to do now, one sentence in the imperative
     */
    public Failure(ExitCode exit, String message, List<String> details, String next) {
        super(message);
        this.exit = exit;
        this.details = List.copyOf(details);
        this.next = next;
    }

    /** Without details. */
    public Failure(ExitCode exit, String message, String next) {
        this(exit, message, List.of(), next);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public ExitCode exit() {
        return exit;
    }

    public List<String> details() {
        return details;
    }

    public String next() {
        return next;
    }
}
