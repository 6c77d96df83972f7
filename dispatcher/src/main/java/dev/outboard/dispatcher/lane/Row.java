package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Job;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A live job in a lane's table, with what only this process knows of it. Of the lane's thread alone. */
final class Row {
    static final long NO_OFFSET = -1;

    final Shard shard;
    Job job;
    /** Where the spec's record stands in state[p]. */
    long specOffset;
    /** The spec itself, from the create's fold to its first call: a waiting row holds no body. */
    @Nullable
    Bytes spec;
    /** One call of a job at a time: what it wants next is decided when this one's outcome is known. */
    boolean busy;
    /** The call that is under way. */
    @Nullable
    Call call;
    /** When the call that is under way, or the last one, was started. */
    @Nullable
    Instant calledAt;
    /** As of when the platform's word on the job is known; told from any thread while a poll waits. */
    volatile @Nullable Instant knownAt;
    /** False until its first create, by any worker, may have been called. */
    boolean submitted;
    /** What the armed timer is for, and the timer; another timer of this row is stale. */
    @Nullable
    Demand demand;
    Timers.@Nullable Timer timer;

    Row(Shard shard, Job job, long specOffset) {
        this.shard = shard;
        this.job = job;
        this.specOffset = specOffset;
        submitted = job.state().mayExist() || job.attempt().number() > 1;
    }

    /** True while the lane still owns the partition and the job is live: what was queued for this row still counts. */
    boolean current() {
        return shard.live() && shard.rows.get(job.id()) == this;
    }
}
