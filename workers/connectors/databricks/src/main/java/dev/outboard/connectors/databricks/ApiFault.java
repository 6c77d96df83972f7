package dev.outboard.connectors.databricks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Databricks did not do what was asked, or nobody knows. No stack trace: it is an answer. */
final class ApiFault extends Exception {
    private static final long serialVersionUID = 1;

    /** What it means for what was asked. */
    enum Kind {
        /** Not done; ask later. */
        THROTTLED,
        /** Not done: the credentials do not do. */
        DENIED,
        /** Not done: there is no such run. */
        ABSENT,
        /** Not done, and would not be another time. */
        REFUSED,
        /** It may have been done. */
        UNSURE
    }

    private final Kind kind;
    private final String code;
    private final @Nullable String requestId;
    private final Duration after;

    ApiFault(Kind kind, String code, String message, @Nullable String requestId, Duration after) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.requestId = requestId;
        this.after = after;
    }

    Kind kind() {
        return kind;
    }

    /** Databricks' own, or what stands for it. */
    String code() {
        return code;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    /** How long to be patient. */
    Duration after() {
        return after;
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
