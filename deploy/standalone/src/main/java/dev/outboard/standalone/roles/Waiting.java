package dev.outboard.standalone.roles;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a role to become ready, with a readable line each few seconds on why it is not. */
final class Waiting {
    private static final Duration LINE = Duration.ofSeconds(3);

    private Waiting() {}

    /**
     * Returns once {@code ready}, or once {@code hopeless}; false in the second case.
     *
     * @param why a line, empty where there is nothing to say yet
     */
    static boolean until(BooleanSupplier ready, BooleanSupplier hopeless, Supplier<String> why, PrintWriter err)
            throws InterruptedException {
        long due = System.nanoTime() + LINE.toNanos();
        while (!ready.getAsBoolean()) {
            if (hopeless.getAsBoolean()) {
                return false;
            }
            if (System.nanoTime() > due) {
                var line = why.get();
                err.println(line.isEmpty() ? "starting" : line);
                due = System.nanoTime() + LINE.toNanos();
            }
            Thread.sleep(20);
        }
        return true;
    }
}
