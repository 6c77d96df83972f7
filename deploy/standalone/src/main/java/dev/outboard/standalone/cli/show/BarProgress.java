package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A single line that is written again and again, for a terminal. */
final class BarProgress implements Progress {
    private static final String REWRITE = "\r\u001b[K";
    private static final int BAR = 24;

    private final PrintWriter err;
    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private String shown = "";
    private @Nullable Job job;

    BarProgress(PrintWriter err, Terminal terminal, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public synchronized void show(Job latest) {
        job = latest;
        draw(latest);
    }

    @Override
    public synchronized void tick() {
        if (job != null) {
            draw(job);
        }
    }

    private void draw(Job job) {
        var state = Text.oneLine(job.stateText());
        var said = Progress.said(job);
        var progress = job.progress();
        var elapsed = Elapsed.of(Duration.ofNanos(nanoTime.getAsLong() - start));
        var bar = progress == null || job.ended()
                ? ""
                : "  " + bar(progress) + " " + Percent.of(progress);
        var rest = bar + "  " + elapsed + (said == null || job.ended() ? "" : "  " + said);
        // one column stays free: some terminals wrap when the last is written
        var room = terminal.columns() - 1 - state.length();
        rest = rest.length() <= room ? rest : rest.substring(0, Math.max(0, room - 1)) + "…";
        shown = coloured(state) + rest;
        err.print(REWRITE + shown);
        err.flush();
    }

    @Override
    public synchronized void line(String line) {
        err.println(shown.isEmpty() ? line : REWRITE + line);
        err.print(shown);
        err.flush();
    }

    @Override
    public synchronized void end() {
        if (!shown.isEmpty()) {
            err.println();
            shown = "";
            job = null;
        }
        err.flush();
    }

    private static String bar(double progress) {
        var full = (int) (Percent.clamped(progress) * BAR);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    private String coloured(String state) {
        if (!terminal.colours()) {
            return state;
        }
        var colour = switch (state) {
            case "SUCCEEDED" -> 32;
            case "FAILED" -> 31;
            case "CANCELLED", "CANCELLING", "WAITING" -> 33;
            default -> 36;
        };
        return "\u001b[" + colour + "m" + state + "\u001b[0m";
    }
}
