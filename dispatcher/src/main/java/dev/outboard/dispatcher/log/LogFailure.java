package dev.outboard.dispatcher.log;

import java.util.Arrays;

/** The log did not do as asked, or it is not known whether it did. Only starting again from the log is safe (R9). */
public final class LogFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogFailure(String message) {
        super(message);
    }

    public LogFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** True if Kafka's own exception is one of these. */
    @SafeVarargs
    final boolean is(Class<? extends Exception>... kinds) {
        return Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(getCause()));
    }
}
