package dev.outboard.runtime.batch;

import dev.outboard.spi.Handle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One external job whose polls wait here, or waited a moment ago. Under its roster's lock. */
final class Member {
    private static final long NEVER = -1;

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
}
