package dev.outboard.testkit.databricks;

import dev.outboard.testkit.sim.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run, whose state follows the clock. Safe for many threads. */
final class Run {
    /** From the request to stop a run until it has stopped. */
    static final Duration STOPPING = Duration.ofMillis(500);

    private static final long FIRST = 650_000_000_000_000L;
    /** A run's tasks have run ids of their own, after the run's. */
    static final int IDS = 1_000;

    private final long number;
    private final Spec spec;
    private final Instant created;
    private final Instant pending;
    private final Instant started;
    private final Duration takes;
    private boolean held;
    private int cancels;
    private @Nullable Instant cancelled;
    private @Nullable Instant ended;
    private Ending ending = Ending.SUCCESS;

    /** How runs behave that are created while it is in force; held ones do not end well before they are released. */
    record Pace(Duration queued, Duration running, boolean held) {}

    /** @param number counts the runs */
    Run(long number, Spec spec, Instant created, Pace pace) {
        this.number = number;
        this.spec = spec;
        this.created = created;
        this.pending = created.plus(pace.queued().dividedBy(2));
        this.started = created.plus(pace.queued());
        this.takes = pace.running();
        this.held = pace.held();
    }

    static long id(long number) {
        return FIRST + number * IDS;
    }

    /** The run's number by its id, or by that of one of its tasks. */
    static long number(long id) {
        return (id - FIRST) / IDS;
    }

    /** Lets happen what is due by now; it ends as planned unless it is stopped before. */
    synchronized void settle(Instant now, Ending planned) {
        if (ended == null) {
            ending = planned;
            var late = spec.timeout().isZero() ? Instant.MAX : created.plus(spec.timeout());
            var due = held ? Instant.MAX : planned.skipped() ? started : started.plus(takes);
            if (cancelled != null) {
                end(now, cancelled.plus(STOPPING), Ending.CANCELLED);
            } else if (due.isAfter(late)) {
                end(now, late, Ending.TIMED_OUT);
            } else {
                end(now, due, planned);
            }
        }
    }

    private void end(Instant now, Instant due, Ending how) {
        if (!now.isBefore(due)) {
            ended = due;
            ending = how;
        }
    }

    synchronized void cancel(Instant now) {
        cancels++;
        if (ended == null && cancelled == null) {
            cancelled = now;
        }
    }

    /** Ends now as planned, unless it is being stopped. */
    synchronized void release(Instant now) {
        held = false;
        if (ended == null && cancelled == null) {
            ended = now;
        }
    }

    /** As it was at a time that is not after the latest {@link #settle}, in the words of the API's version 2. */
    synchronized String state(Instant at) {
        if (ended(at) != null) {
            return "TERMINATED";
        }
        if (cancelled != null && !at.isBefore(cancelled)) {
            return "TERMINATING";
        }
        if (at.isBefore(pending) || ending.skipped()) {
            return "QUEUED";
        }
        return at.isBefore(started) ? "PENDING" : "RUNNING";
    }

    /** When it ended, if it had at that time. */
    synchronized @Nullable Instant ended(Instant at) {
        return ended == null || at.isBefore(ended) ? null : ended;
    }

    /** How it ended, or is going to as far as one knows. */
    synchronized Ending ending() {
        return ending;
    }

    /** That of a task: the first one fails, and those that wait for others with it. */
    Ending ending(int task) {
        var whole = ending();
        if (!whole.failed() || task == 0) {
            return whole;
        }
        return spec.tasks().get(task).path("depends_on").isEmpty() ? Ending.SUCCESS : Ending.UPSTREAM;
    }

    synchronized Entry entry() {
        return new Entry(String.valueOf(id()), spec.token(), created, ended == null, cancels);
    }

    long id() {
        return id(number);
    }

    long taskId(int task) {
        return id() + 1 + task;
    }

    List<Long> taskIds() {
        return IntStream.range(0, spec.tasks().size()).mapToObj(this::taskId).toList();
    }

    /** One-time runs have a job of their own, which nobody sees. */
    long jobId() {
        return id() - FIRST / 2;
    }

    Spec spec() {
        return spec;
    }

    Instant created() {
        return created;
    }

    Instant started() {
        return started;
    }
}
