package dev.outboard.standalone.cli;

import java.util.List;

/** Says on Ctrl-C that the job does not stop with the command that watches it. */
final class StopHint implements AutoCloseable {
    private final Progress progress;
    private final Thread hook = new Thread(this::say, "outboard-stop-hint");
    private volatile List<String> lines;

    /** Until the job is known, all that can be said is how to ask for it again. */
    private StopHint(Progress progress, String again) {
        this.progress = progress;
        this.lines = List.of("stopped before the server has answered; the job may exist", "next: " + again);
    }

    static StopHint install(Progress progress, String again) {
        var hint = new StopHint(progress, again);
        Runtime.getRuntime().addShutdownHook(hint.hook);
        return hint;
    }

    void jobIs(String id) {
        lines = List.of("no longer watching; job " + id + " goes on",
                "next: stop it with ./outboard cancel " + id + ", or see it with ./outboard get " + id);
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
