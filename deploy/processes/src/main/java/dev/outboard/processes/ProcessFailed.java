package dev.outboard.processes;

/** A process could not be started or did not do what it was started for; the message is one sentence for a person. */
public final class ProcessFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessFailed(String message) {
        super(message);
    }

    ProcessFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
