package dev.outboard.bench.overload;

import dev.outboard.processes.Child;
import dev.outboard.processes.ProcessFailed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The most that processes have held of the machine's memory, looked at twice a second. */
final class Memory implements AutoCloseable {
    private static final int PAUSE_MILLIS = 500;

    private final List<Child> children;
    private final Map<String, Double> most = new ConcurrentHashMap<>();
    private final Thread thread;

    Memory(List<Child> children) {
        this.children = children;
        thread = Thread.ofPlatform().daemon().name("memory").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                for (var child : children) {
                    look(child);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Child child) throws InterruptedException {
        try {
            most.merge(child.name(), child.residentMebibytes(), Math::max);
        } catch (IOException | ProcessFailed e) {
            // it has died, which is told at the end
        }
    }

    /** In MiB; 0 if it was never seen. */
    double most(Child child) {
        return most.getOrDefault(child.name(), 0.0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
