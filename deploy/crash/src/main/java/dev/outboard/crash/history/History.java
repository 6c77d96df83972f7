package dev.outboard.crash.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** What all callers did and were told, kept in memory. Thread-safe; a call costs two looks at the clock and some 200 bytes. */
public final class History {
    private final LongSupplier clock;
    private final long origin;
    private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();

    /** By this machine's clock. */
    public History() {
        this(System::nanoTime);
    }

    /**
     * By another clock.
     *
     * @param clock nanoseconds since any time; never goes back, not even between two threads
     */
    public History(LongSupplier clock) {
        this.clock = clock;
        origin = clock.getAsLong();
    }

    /** A call is about to be sent: its time starts now. */
    public Invocation begin(int client, String replica, Kind kind, String job) {
        var invocation = new Invocation(this, client, replica, kind, job);
        invocations.add(invocation);
        return invocation;
    }

    /** All so far, those on their way as of unknown outcome. */
    public List<Operation> operations() {
        return invocations.stream().map(Invocation::operation).toList();
    }

    long now() {
        return clock.getAsLong() - origin;
    }
}
