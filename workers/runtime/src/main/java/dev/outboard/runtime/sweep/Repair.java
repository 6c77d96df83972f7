package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.runtime.Platform;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Puts right what a sweep has found: orphans are stopped, jobs whose external job is lost are failed. Any thread. */
public final class Repair {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final String STRANGERS = "left alone: nothing that the platform lists is in this log; are --kafka, "
            + "--prefix, --installation and the connector's settings those of the workers?";

    private final Platform platform;
    private final JobLog log;
    private final Duration limit;

    public Repair(Platform platform, JobLog log) {
        this(platform, log, LIMIT);
    }

    /** @param limit for all orphans to stop; each is asked at least once */
    Repair(Platform platform, JobLog log, Duration limit) {
        this.platform = platform;
        this.log = log;
        this.limit = limit;
    }

    /** What was found, untouched. */
    public static List<Line> untouched(Looked.Seen seen) {
        return seen.found().stream().map(finding -> new Line(finding, "", false)).toList();
    }

    /** What was found, in the same order, put right as far as it goes. */
    public List<Line> fix(Looked.Seen seen) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        return Together.ask(seen.found(), finding -> switch (finding) {
            case Finding _ when seen.strangers() -> new Line(finding, STRANGERS, false);
            case Finding.Orphan(var external, _, _) -> stopped(finding, external.handle(), end);
            case Finding.Missing(var job, _) -> givenUp(finding, job);
        });
    }

    private Line stopped(Finding finding, Handle handle, long end) throws InterruptedException {
        for (var pause = MIN_PAUSE;; pause = clamp(pause.multipliedBy(2))) {
            String why;
            var wait = pause;
            try {
                switch (platform.delete(handle)) {
                    case PollResult.Cancelled _ -> {
                        return new Line(finding, "cancelled", true);
                    }
                    case PollResult.Gone _ -> {
                        return new Line(finding, "gone", true);
                    }
                    case PollResult.Succeeded _ -> {
                        return new Line(finding, "ended by itself: succeeded", true);
                    }
                    case PollResult.Failed _ -> {
                        return new Line(finding, "ended by itself: failed", true);
                    }
                    case PollResult.Running running -> {
                        wait = clamp(Objects.requireNonNullElse(running.pollAfter(), pause));
                        why = "asked to stop, still running";
                    }
                    case PollResult.Retry(var after, var reason) -> {
                        wait = clamp(after);
                        why = "not stopped: " + reason;
                    }
                }
            } catch (Platform.Unanswered e) {
                why = "not stopped: " + e.getMessage();
            }
            if (System.nanoTime() + wait.toNanos() > end) {
                return new Line(finding, why, false);
            }
            Thread.sleep(wait);
        }
    }

    private static Duration clamp(Duration pause) {
        return pause.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    private Line givenUp(Finding finding, Job seen) throws InterruptedException {
        try {
            boolean taken = log.giveUp(seen.id(), seen.attempt().number(),
                    "the platform no longer has it, as " + platform.connector() + " says");
            return new Line(finding, taken ? "failed" : "has moved on meanwhile", true);
        } catch (TimeoutException e) {
            return new Line(finding, "not failed: " + e.getMessage(), false);
        }
    }
}
