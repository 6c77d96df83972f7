package dev.outboard.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells people what is being measured and how long it will go on. */
final class Progress {
    private final PrintWriter err;
    private Duration step = Duration.ZERO;
    private Duration later;
    private long began = System.nanoTime();

    /**
     * @param total what all steps are thought to take
     */
    Progress(PrintWriter err, Duration total) {
        this.err = err;
        later = total;
    }

    /** A step begins that is thought to take so long. */
    void begin(Duration time) {
        step = time;
        later = later.minus(time);
        began = System.nanoTime();
    }

    void say(String what) {
        err.println(line(what, step.minusNanos(System.nanoTime() - began), later));
        err.flush();
    }

    /**
     * @param left of this step; less than zero where it takes longer than thought
     */
    static String line(String what, Duration left, Duration later) {
        var all = left.isNegative() ? later : later.plus(left);
        return String.format(Locale.ROOT, "%s (about %d:%02d left)", what, all.toMinutes(), all.toSecondsPart());
    }
}
