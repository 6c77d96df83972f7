package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.io.PrintWriter;

/** One line a change, for files and pipes. */
final class PlainProgress implements Progress {
    private final PrintWriter err;
    private String last = "";

    PlainProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void show(Job job) {
        var line = Progress.line(job);
        if (!line.equals(last)) {
            last = line;
            line(line);
        }
    }

    @Override
    public synchronized void line(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void end() {}
}
