package dev.outboard.standalone.cli;

import java.io.PrintWriter;

/** Shows a person how a job goes on. One thread calls it; {@link #line} may come from another. */
interface Progress {
    /** The job as last seen; called on each poll. Why a job ended is told after this, in full, and not here. */
    void show(Job job);

    /** A line of its own, such as an outage. */
    void line(String line);

    /** Nothing more will be shown. */
    void end();

    static Progress on(PrintWriter err, Terminal terminal) {
        return terminal.columns() == 0 ? new PlainProgress(err) : new BarProgress(err, terminal, System::nanoTime);
    }
}
