package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One external job whose polls wait here, or waited a moment ago. Under its roster's lock. */
final class Member {
    private static final long NEVER = -1;
    /** A place in a round costs nothing, so whoever was answered is back at once. */
    private static final Duration SOON = Duration.ofMillis(100);

    final Handle handle;
    /** One, but where two workers' lanes or two jobs name the same handle. */
    final List<Waiter> waiters = new ArrayList<>(1);
    /** By the platform's clock: whatever changed until then has been told. Null for nothing was. */
    @Nullable
    Instant coveredTo;
    /** The job's rev when it was last told news: one that comes back with it has never taken that in. */
    long toldAtRev = NEVER;
    /** True once a round told of it: if a later one does not, it has most likely ended. */
    boolean listed;
    /** Rounds in a row that told nothing of it, and since when. */
    int missed;
    long missedSince;
    boolean askedSingly;
    /** When the last one stopped waiting. */
    long leftAt;

    Member(Handle handle, @Nullable Instant coveredTo) {
        this.handle = handle;
        this.coveredTo = coveredTo;
    }

    /** The same, with nothing known of it; this one is none any more. */
    Member forgotten() {
        var fresh = new Member(handle, null);
        fresh.waiters.addAll(waiters);
        waiters.clear();
        return fresh;
    }

    boolean waits() {
        return !waiters.isEmpty();
    }

    void heard() {
        missed = 0;
    }

    void missed(long now) {
        if (missed++ == 0) {
            missedSince = now;
        }
    }

    void covered(@Nullable Instant asOf) {
        coveredTo = asOf;
    }

    /** Takes it out of the line with this outcome. */
    private Delivery take(Waiter waiter, Outcome outcome, long now) {
        waiters.remove(waiter);
        leftAt = now;
        return new Delivery(waiter, outcome);
    }

    /** R7: those whose job may be another worker's by now are not to be asked for. */
    List<Delivery> refuse(long now) {
        var refused = waiters.stream().filter(waiter -> !waiter.call().lease().getAsBoolean()).toList();
        return refused.stream().map(waiter -> take(waiter, new Outcome.NotStarted(), now)).toList();
    }

    /** Everybody is told this, whether it is news or not. */
    List<Delivery> tell(Outcome outcome, long now) {
        return List.copyOf(waiters).stream().map(waiter -> take(waiter, outcome, now)).toList();
    }

    /**
     * Whoever it is news to is told this.
     *
     * @param asked when the platform was asked; it has nothing new to tell the others as of then
     */
    List<Delivery> offer(Outcome outcome, Instant instant, long asked, long now) {
        var deliveries = new ArrayList<Delivery>(1);
        for (var waiter : List.copyOf(waiters)) {
            var job = waiter.call().job();
            if (Lifecycle.isNews(job, outcome, instant)) {
                toldAtRev = outcome instanceof Outcome.Running ? Math.max(toldAtRev, job.rev()) : toldAtRev;
                deliveries.add(take(waiter, outcome instanceof Outcome.Running r ? soon(r) : outcome, now));
            } else if (outcome instanceof Outcome.Running) {
                waiter.call().heard().accept(Duration.ofNanos(now - asked));
            }
        }
        return deliveries;
    }

    /** It is as it was; that the platform answers is news to a job that says it does not. */
    List<Delivery> unchanged(Instant instant, long asked, long now) {
        var deliveries = new ArrayList<Delivery>(0);
        for (var waiter : List.copyOf(waiters)) {
            var job = waiter.call().job();
            var same = new Outcome.Running(job.attempt().queued(), job.message(), null, List.of(), null, SOON);
            if (!job.conditions().isEmpty() && Lifecycle.isNews(job, same, instant)) {
                deliveries.add(take(waiter, same, now));
            } else {
                waiter.call().heard().accept(Duration.ofNanos(now - asked));
            }
        }
        return deliveries;
    }

    static Outcome.Running soon(Outcome.Running running) {
        return new Outcome.Running(running.queued(), running.message(), running.progress(), running.links(),
                running.info(), SOON);
    }
}
