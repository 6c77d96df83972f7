package dev.outboard.runtime;

/** The worker cannot start with these connectors or output stores; the message tells an operator why, and what would do. */
public final class ConnectorsUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConnectorsUnusable(String message) {
        super(message);
    }

    ConnectorsUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
