package dev.outboard.dispatcher.view;

/** Kafka could not be reached, and nothing was written. */
public final class LogUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
