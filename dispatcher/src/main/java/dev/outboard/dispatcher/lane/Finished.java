package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.table.IdTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ended jobs that are still remembered: id and expiry, and nothing else, because there may be millions: 29 to 40 bytes a job.
 * Of the few whose create could not be taken, the incarnation too.
 */
final class Finished {
    private static final int EXPIRES = 0;

    private final IdTable table = new IdTable(1);
    private final Map<JobId, Long> replaceable = new HashMap<>();

    /** When this job expires, in microseconds since 1970, or {@code Long.MIN_VALUE} if it is not here. */
    long expiresAt(JobId id) {
        int row = table.find(id);
        return row < 0 ? Long.MIN_VALUE : table.get(row, EXPIRES);
    }

    /** True if this job is here and a replay of this incarnation's create may begin it anew. */
    boolean replaceable(JobId id, long incarnation) {
        return Long.valueOf(incarnation).equals(replaceable.get(id));
    }

    /** @param expires when the job, which has ended, is forgotten */
    void put(Job job, Instant expires) {
        put(job.id(), Lane.micros(expires));
        if (Lifecycle.replaceable(job)) {
            replaceable.put(job.id(), job.incarnation());
        } else {
            replaceable.remove(job.id());
        }
    }

    void put(JobId id, long expiresAt) {
        table.put(id, expiresAt);
    }

    void remove(JobId id) {
        replaceable.remove(id);
        table.remove(id);
    }

    /** Up to {@code limit} jobs whose expiry lies at or before {@code micros}. */
    List<JobId> expired(long micros, int limit) {
        var found = new ArrayList<JobId>();
        for (int row = table.next(-1); row >= 0 && found.size() < limit; row = table.next(row)) {
            if (table.get(row, EXPIRES) <= micros) {
                found.add(table.id(row));
            }
        }
        return found;
    }

    int size() {
        return table.size();
    }
}
