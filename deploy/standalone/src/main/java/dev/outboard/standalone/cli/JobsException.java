package dev.outboard.standalone.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that did not succeed. */
abstract sealed class JobsException extends Exception {
    private static final long serialVersionUID = 1L;

    private JobsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Whether repeating the same call may help. */
    abstract boolean passing();

    /** When the server wants to be asked again, or null. */
    @Nullable
    Duration retryAfter() {
        return null;
    }

    /** The server answered, but not with success. */
    static final class Refused extends JobsException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message(), null);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }

        @Override
        boolean passing() {
            return problem.passing();
        }

        @Override
        @Nullable
        Duration retryAfter() {
            return problem.retryAfter();
        }
    }

    /** No connection could be made: the request was surely not received. */
    static final class NoConnection extends JobsException {
        private static final long serialVersionUID = 1L;

        NoConnection(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        boolean passing() {
            return true;
        }
    }

    /** The connection was lost or no answer came in time: the request may have been received. */
    static final class NoAnswer extends JobsException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        boolean passing() {
            return true;
        }
    }

    /** Something answered that does not speak this API. */
    static final class NotOurs extends JobsException {
        private static final long serialVersionUID = 1L;

        NotOurs(String message) {
            super(message, null);
        }

        @Override
        boolean passing() {
            return false;
        }
    }
}
