package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.JobId;
import java.util.HashMap;
import java.util.Map;

/**
 * One partition while this lane owns it. A later assignment of the same partition is another shard: what belongs to this
 * one (calls, timers, results) is dropped with it (R7).
 */
final class Shard {
    final int partition;
    final Map<JobId, Row> rows = new HashMap<>();
    final Finished finished = new Finished();
    /** The next command to fold. */
    long position;
    /** Where the commands ended when this lane took over: before that, some may be older than their job's expiry. */
    long backlogEnd;
    private volatile boolean live = true;

    Shard(int partition) {
        this.partition = partition;
    }

    /** Any thread: calls that are about to start ask. */
    boolean live() {
        return live;
    }

    void drop() {
        live = false;
    }
}
