package dev.outboard.crash.history;

import java.util.Locale;

/**
 * One call of one caller, from before it was sent until after its answer was read.
 *
 * @param client  who called; one client has one call at a time
 * @param replica who was asked
 * @param job     the object's name, not always the id that the platform knows
 * @param start   nanoseconds since the history began, at least 0
 * @param end     likewise, at least start; {@link #OPEN} where the call never came back
 */
public record Operation(int client, String replica, Kind kind, String job, long start, long end, Result result) {
    /** The end of a call that never came back. */
    public static final long OPEN = Long.MAX_VALUE;

    /** When it must have taken effect at the latest: whose outcome is unknown may do so at any time. */
    long deadline() {
        return result instanceof Result.Unknown ? OPEN : end;
    }

    /** Whether it says nothing of the job. */
    boolean silent() {
        return kind == Kind.GET && result instanceof Result.Unknown;
    }

    /** A line for people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s .. %s s  client %-3d %-10s %-6s  %s", seconds(start), seconds(end),
                client,
                replica, kind, result);
    }

    private static String seconds(long nanos) {
        return nanos == OPEN ? "     never" : String.format(Locale.ROOT, "%10.6f", nanos / 1e9);
    }
}
