package dev.outboard.crash.fault;

import dev.outboard.crash.fault.Fault.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each fault was done. Safe for many threads. */
public final class Tally {
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final AtomicInteger endedAlone = new AtomicInteger();

    synchronized void done(Kind kind) {
        done.merge(kind, 1, Integer::sum);
    }

    public synchronized int of(Kind kind) {
        return done.getOrDefault(kind, 0);
    }

    /** A process ended without being killed, such as a worker whose watchdog ended it after a pause. */
    void endedAlone() {
        endedAlone.incrementAndGet();
    }

    public int endedByThemselves() {
        return endedAlone.get();
    }
}
