package dev.outboard.client;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that did not succeed; which of its kinds tells what is known of the request. */
public abstract sealed class OutboardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private OutboardException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** For a person; never null, and never with a token in it. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Whether the same call may do better later. A create is to be repeated with the same key. */
    public boolean passing() {
        return true;
    }

    /** When the server wants to be asked again, or null. */
    @Nullable
    Duration retryAfter() {
        return null;
    }

    /** The server answered, but not with success. */
    public static final class Refused extends OutboardException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.detail(), null);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }

        @Override
        public boolean passing() {
            return problem.retryable();
        }

        @Override
        @Nullable
        Duration retryAfter() {
            return problem.retryAfter();
        }
    }

    /** No connection could be made: the request was surely not received. */
    public static final class NoConnection extends OutboardException {
        private static final long serialVersionUID = 1L;

        NoConnection(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection was lost or no answer came in time: the request may have been received. */
    public static final class NoAnswer extends OutboardException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Something answered that does not speak this API: another program, or a proxy's page. */
    public static final class NotOurs extends OutboardException {
        private static final long serialVersionUID = 1L;

        NotOurs(String message) {
            super(message, null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /** The job had not ended when the time was up; it goes on. */
    public static final class TimedOut extends OutboardException {
        private static final long serialVersionUID = 1L;

        private final transient Job job;

        TimedOut(Job job) {
            super("job " + job.id() + " is " + job.stateText() + " when the time is up; it goes on", null);
            this.job = job;
        }

        /** As it was seen last. */
        public Job job() {
            return job;
        }
    }
}
