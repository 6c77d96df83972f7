package dev.outboard.broker;

/** The broker cannot run here; the message is one sentence for a person and names the port or folder. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
