package dev.outboard.standalone.roles;

import java.io.PrintWriter;
import java.time.Duration;

/** Ctrl-C and SIGTERM for a role that runs in the foreground. */
final class Foreground implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMillis(9500);
    private final Thread hook;

    private Foreground(Thread hook) {
        this.hook = hook;
    }

    /**
     * Closes {@code running} when the process is told to end; the process waits for it, but no longer than 9.5 s: jobs go on
     * elsewhere, and whoever pressed Ctrl-C wants an end. Close what this returns when the
     * role has ended by itself. A message goes to {@code err}, not to a log: at that time the logging system is closing too.
     */
    static Foreground closeOnSignal(AutoCloseable running, PrintWriter err) {
        var hook = new Thread(() -> {
            err.println("stopping");
            var closing = Thread.ofPlatform().daemon().name("outboard-close").start(() -> close(running, err));
            try {
                if (!closing.join(LIMIT)) {
                    err.println("not all had stopped within " + LIMIT.toMillis() + " ms; ended all the same");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "outboard-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Foreground(hook);
    }

    private static void close(AutoCloseable running, PrintWriter err) {
        try {
            running.close();
            err.println("stopped");
        } catch (Exception e) {
            err.println("error: did not stop cleanly: " + e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the hook is what ended the role
        }
    }
}
