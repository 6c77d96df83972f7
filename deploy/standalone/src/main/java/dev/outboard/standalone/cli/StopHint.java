package dev.outboard.standalone.cli;

import dev.outboard.standalone.cli.show.Progress;
import java.util.List;

/** Says on Ctrl-C that a job does not stop with the command that follows it. */
final class StopHint implements AutoCloseable {
    private final Progress progress;
    private final Thread hook = new Thread(this::say, "outboard-stop-hint");
    private volatile List<String> lines;

    private StopHint(Progress progress, List<String> lines) {
        this.progress = progress;
        this.lines = lines;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Until the job is known, all that can be said is how to ask for it again. */
    static StopHint beforeAnswer(Progress progress, String again) {
        return new StopHint(progress,
                List.of("stopped before the server has answered; the job may exist", "next: " + again));
    }

    static StopHint of(Progress progress, List<String> ids) {
        return new StopHint(progress, lines(ids));
    }

    void jobIs(String id) {
        lines = lines(List.of(id));
    }

    private static List<String> lines(List<String> ids) {
        var all = String.join(" ", ids);
        return List.of(
                ids.size() == 1 ? "no longer watching; job " + all + " goes on" : "no longer watching; the jobs go on",
                "next: stop " + (ids.size() == 1 ? "it" : "them") + " with ./outboard cancel " + all + ", or see "
                        + (ids.size() == 1 ? "it with ./outboard get " + all : "them with ./outboard list"));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // already told
        }
    }

    private void say() {
        progress.end();
        lines.forEach(progress::line);
    }
}
