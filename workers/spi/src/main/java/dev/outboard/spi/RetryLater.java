package dev.outboard.spi;

import java.time.Duration;
import java.util.Objects;

/** The platform asks for patience (429, quota): what {@link Connector#pollAll} throws where a single poll returns Retry. */
public final class RetryLater extends Exception {
    private static final long serialVersionUID = 1;
    private final Duration after;

    /** @param after until when not to ask this account again, from now; the worker waits a minute at most */
    public RetryLater(Duration after, String reason) {
        super(reason);
        this.after = Objects.requireNonNull(after, "after");
    }

    public Duration after() {
        return after;
    }
}
