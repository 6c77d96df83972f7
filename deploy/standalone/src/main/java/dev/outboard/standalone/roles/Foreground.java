package dev.outboard.standalone.roles;

import java.io.PrintWriter;

/** Ctrl-C and SIGTERM for a role that runs in the foreground. */
final class Foreground implements AutoCloseable {
    private final Thread hook;

    private Foreground(Thread hook) {
        this.hook = hook;
    }

    /**
     * Closes {@code running} when the process is told to end; the process waits for it. Close what this returns when the
     * role has ended by itself. A message goes to {@code err}, not to a log: at that time the logging system is closing too.
     */
    static Foreground closeOnSignal(AutoCloseable running, PrintWriter err) {
        var hook = new Thread(() -> {
            err.println("stopping");
            try {
                running.close();
                err.println("stopped");
            } catch (Exception e) {
                err.println("error: did not stop cleanly: " + e);
            }
        }, "outboard-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Foreground(hook);
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
