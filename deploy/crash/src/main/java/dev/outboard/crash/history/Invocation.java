package dev.outboard.crash.history;

import org.jspecify.annotations.Nullable;

/**
 * A call on its way. Exactly one of its methods is called, once, as soon as the answer was read; an invocation on which none
 * is called has an unknown outcome and no end. Used by one thread.
 */
public final class Invocation {
    private final History history;
    private final int client;
    private final String replica;
    private final Kind kind;
    private final String job;
    private final long start;
    private volatile @Nullable Operation ended;

    Invocation(History history, int client, String replica, Kind kind, String job) {
        this.history = history;
        this.client = client;
        this.replica = replica;
        this.kind = kind;
        this.job = job;
        start = history.now();
    }

    /**
     * A create was accepted.
     *
     * @param replayed whether the answer says that the job existed before
     */
    public void created(boolean replayed) {
        end(Kind.CREATE, new Result.Created(replayed));
    }

    /** A get was answered with this version. */
    public void saw(long incarnation, long rev) {
        end(Kind.GET, new Result.Saw(incarnation, rev));
    }

    /** A get was answered: no such job. */
    public void notFound() {
        end(Kind.GET, new Result.NotFound());
    }

    /** No answer came, or one that promises nothing (AsOf, 503). */
    public void unknown() {
        end(kind, new Result.Unknown());
    }

    Operation operation() {
        var told = ended;
        return told == null ? operation(Operation.OPEN, new Result.Unknown()) : told;
    }

    private void end(Kind expected, Result result) {
        if (kind != expected || ended != null) {
            throw new IllegalStateException(
                    "'" + result + "' does not answer this call: " + operation());
        }
        ended = operation(history.now(), result);
    }

    private Operation operation(long end, Result result) {
        return new Operation(client, replica, kind, job, start, end, result);
    }
}
