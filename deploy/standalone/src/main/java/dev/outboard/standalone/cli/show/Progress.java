package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.io.PrintWriter;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Shows a person how a job goes on. Safe for many threads. */
public interface Progress {
    /** The job as last seen; again where nothing has changed, too. Why a job ended is told after this, in full, and not here. */
    void show(Job job);

    /** Time has passed. */
    default void tick() {}

    /** A line of its own, such as an outage. */
    void line(String line);

    /** Nothing more will be shown. */
    void end();

    /** State, progress and message; of an ended job the state alone. */
    static String line(Job job) {
        var progress = job.progress();
        var said = said(job);
        return Text.oneLine(job.stateText()) + (progress == null || job.ended() ? "" : "  " + Percent.of(progress))
                + (said == null || job.ended() ? "" : "  " + said);
    }

    /** What is in the job's way, else what it waits for, else the platform's message, or null; one line. */
    static @Nullable String said(Job job) {
        return job.conditions()
                .stream()
                .min(Comparator.comparing(condition -> condition.type().equals("CancelOwed")))
                .map(condition -> JobSheet.joined(": ", condition.type(), condition.message()))
                .orElseGet(() -> JobSheet.joined("", job.message()));
    }

    static Progress on(PrintWriter err, Terminal terminal) {
        return terminal.columns() == 0 ? new PlainProgress(err) : new BarProgress(err, terminal, System::nanoTime);
    }
}
