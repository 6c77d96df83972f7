package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Known.Seen;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs of all task types take of this process's memory, about. Those that have not ended are kept whole, and where
 * they take too much no more are accepted; of those that have ended the latest are. Safe for many threads.
 */
final class Memory {
    /** A job without labels and outputs, with its places in tables, in bytes. */
    private static final long JOB = 1536;

    private record Whole(PartitionView view, JobId id, long offset, long bytes) {}

    private final ViewLimits limits;
    private final AtomicLong live = new AtomicLong();
    /** In the order in which they ended; one that is gone meanwhile counts until its turn. */
    private final Queue<Whole> ended = new ArrayDeque<>();
    private long endedBytes;

    Memory(ViewLimits limits) {
        this.limits = limits;
    }

    /** What is shown of a job has changed; null if it is not kept whole. */
    void changed(@Nullable Seen was, @Nullable Seen is) {
        long change = live(is) - live(was);
        if (change != 0) {
            live.addAndGet(change);
        }
    }

    private static long live(@Nullable Seen seen) {
        return seen == null || !seen.live() ? 0 : weight(seen.job());
    }

    /** By what never changes while a job lives. */
    private static long weight(Job job) {
        var accepted = job.accepted();
        long weight = JOB + accepted.name().length();
        for (var label : accepted.labels().entrySet()) {
            weight += label.getKey().length() + label.getValue().length();
        }
        return weight;
    }

    /** A job has ended, and is kept whole for now. */
    synchronized void ended(PartitionView view, Seen seen) {
        var outputs = seen.job().outputs();
        long bytes = weight(seen.job()) + (outputs == null ? 0 : outputs.weight());
        ended.add(new Whole(view, seen.id(), seen.position().offset(), bytes));
        endedBytes += bytes;
    }

    /** Lets go of the oldest ended jobs while all of them take too much. Not to be called where a view is locked. */
    void trim() {
        for (var next = next(); next != null; next = next()) {
            next.view().archive(next.id(), next.offset());
        }
    }

    private synchronized @Nullable Whole next() {
        if (endedBytes <= limits.ended()) {
            return null;
        }
        var next = ended.poll();
        endedBytes -= next == null ? 0 : next.bytes();
        return next;
    }

    /** True while jobs that have not ended take so much that there should be no more. */
    boolean full() {
        return live.get() >= limits.live();
    }

    /** Of jobs that have not ended. */
    long liveBytes() {
        return live.get();
    }

    /** Of jobs that have ended and are kept whole. */
    synchronized long endedBytes() {
        return endedBytes;
    }
}
