package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.testkit.sim.Entry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One job. Its query runs at once; what is shown of that follows the clock. Safe for many threads. */
final class SimJob {
    private final long number;
    private final String project;
    private final String location;
    private final String id;
    private final ObjectNode configuration;
    private final Instant created;
    private final Instant started;
    private final Duration takes;
    private final Run run;
    private final @Nullable Failure fails;
    private boolean held;
    private boolean cancelled;
    private int cancels;
    private @Nullable Instant ended;
    private @Nullable Failure failure;

    /**
     * @param number counts the jobs
     * @param pace how long it waits and runs, and how it ends
     */
    SimJob(long number, String project, String location, String id, ObjectNode configuration, Instant created,
            Pace pace, Run run) {
        this.number = number;
        this.project = project;
        this.location = location;
        this.id = id;
        this.configuration = configuration;
        this.created = created;
        this.started = created.plus(pace.queued());
        this.takes = pace.running();
        this.held = pace.held();
        this.fails = pace.fails();
        this.run = run;
    }

    /** How jobs behave that are created while it is in force; held ones do not end well before they are released. */
    record Pace(Duration queued, Duration running, boolean held, @Nullable Failure fails) {}

    /** Lets happen what is due by now. */
    synchronized void settle(Instant now) {
        if (ended != null) {
            return;
        }
        if (!run.done()) {
            if (cancelled) {
                // an interrupt between two of its statements is lost
                run.cancel();
            }
            return;
        }
        if (cancelled) {
            end(now, Failure.stopped());
        } else if (run.failure() != null && !now.isBefore(started)) {
            end(now, run.failure());
        } else if (!held && !now.isBefore(started.plus(takes))) {
            end(started.plus(takes), fails);
        }
    }

    private void end(Instant at, @Nullable Failure how) {
        ended = at;
        failure = how;
    }

    synchronized void cancel(Instant now) {
        cancels++;
        settle(now);
        if (ended == null) {
            cancelled = true;
            run.cancel();
            settle(now);
        }
    }

    /** Ends well now, if its query does and nobody has cancelled it. */
    void release(Instant now) throws InterruptedException {
        run.await();
        synchronized (this) {
            held = false;
            settle(now);
            if (ended == null && !cancelled) {
                end(now, fails);
            }
        }
    }

    /** As it was at a time that is not after the latest {@link #settle}. */
    synchronized String state(Instant at) {
        if (ended != null && !at.isBefore(ended)) {
            return "DONE";
        }
        return at.isBefore(started) ? "PENDING" : "RUNNING";
    }

    synchronized Entry entry(Instant now) {
        settle(now);
        return new Entry(reference(), id, created, ended == null, cancels);
    }

    String reference() {
        return project + ":" + location + "." + id;
    }

    long number() {
        return number;
    }

    String project() {
        return project;
    }

    String location() {
        return location;
    }

    String id() {
        return id;
    }

    ObjectNode configuration() {
        return configuration;
    }

    Instant created() {
        return created;
    }

    Instant started() {
        return started;
    }

    synchronized @Nullable Instant ended() {
        return ended;
    }

    synchronized @Nullable Failure failure() {
        return failure;
    }

    Run run() {
        return run;
    }
}
