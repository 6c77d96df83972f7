package dev.outboard.testkit.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that wait for a request. Safe for many threads. */
public final class Faults {
    private final Map<Operation, Deque<Fault>> waiting = new EnumMap<>(Operation.class);
    private final Map<Operation, Fault> lasting = new EnumMap<>(Operation.class);

    /** The next request of this operation that has no other fault before it meets this one. */
    public synchronized void next(Operation operation, Fault fault) {
        waiting.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(fault);
    }

    /** Every request of this operation meets it, until {@link #clear}. */
    public synchronized void always(Operation operation, Fault fault) {
        lasting.put(operation, fault);
    }

    public synchronized void clear() {
        waiting.clear();
        lasting.clear();
    }

    /** True while a fault given to {@link #next} has met no request. */
    public synchronized boolean waiting() {
        return waiting.values().stream().anyMatch(faults -> !faults.isEmpty());
    }

    synchronized @Nullable Fault take(Operation operation) {
        var faults = waiting.get(operation);
        var next = faults == null ? null : faults.poll();
        return next != null ? next : lasting.get(operation);
    }
}
