package dev.outboard.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells people what is being measured and how long it will go on. */
final class Progress {
    private final PrintWriter err;
    private final long began = System.nanoTime();
    private final Duration total;

    /**
     * @param total what all of it is thought to take
     */
    Progress(PrintWriter err, Duration total) {
        this.err = err;
        this.total = total;
    }

    void say(String what) {
        var left = total.minusNanos(System.nanoTime() - began);
        err.println(line(what, left));
        err.flush();
    }

    static String line(String what, Duration left) {
        return left.isPositive()
                ? String.format(Locale.ROOT, "%s (about %d:%02d left)", what, left.toMinutes(), left.toSecondsPart())
                : what + " (nearly done)";
    }
}
