package dev.outboard.standalone.cli;

import java.io.PrintWriter;

/** One line a change, for files and pipes. */
final class PlainProgress implements Progress {
    private final PrintWriter err;
    private String last = "";

    PlainProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void show(Job job) {
        var line = job.state() + (job.progress() == null || job.ended() ? "" : "  " + Percent.of(job.progress()))
                + (job.message() == null || job.ended() ? "" : "  " + job.message());
        if (!line.equals(last)) {
            last = line;
            line(line);
        }
    }

    @Override
    public void line(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void end() {}
}
