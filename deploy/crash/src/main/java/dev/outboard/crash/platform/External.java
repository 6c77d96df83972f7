package dev.outboard.crash.platform;

/**
 * A job in the platform's books. Times are milliseconds since 1970.
 *
 * @param job the Outboard job that it says it is of
 * @param number of that job's script
 * @param endsAt when it ends by itself, or {@link #NEVER}
 * @param end how it ends by itself
 * @param cancelledAt from when a cancel has stopped it unless it had ended, or {@link #NEVER}
 */
public record External(String id, String key, String job, int attempt, int number, long createdAt, long endsAt,
        State end, long cancelledAt) {
    public static final long NEVER = Long.MAX_VALUE;

    /** The platform's own words. */
    public enum State {
        RUNNING, SUCCEEDED, FAILED,
        /** For a reason that passes. */
        FAILED_ONCE, CANCELLED
    }

    public State state(long now) {
        if (now < endedAt()) {
            return State.RUNNING;
        }
        return cancelledAt < endsAt ? State.CANCELLED : end;
    }

    public long endedAt() {
        return Math.min(endsAt, cancelledAt);
    }

    External cancelled(long at) {
        return new External(id, key, job, attempt, number, createdAt, endsAt, end, at);
    }

    External ended(State state, long at) {
        return new External(id, key, job, attempt, number, createdAt, at, state, cancelledAt);
    }
}
