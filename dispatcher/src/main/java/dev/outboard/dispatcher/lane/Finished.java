package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ended jobs that are still remembered: id and expiry, and nothing else, because there may be millions. Open addressing
 * over one array, three longs an entry at a load of 3/8 to 3/4: 32 to 64 bytes a job. Of the few whose create could not be
 * taken, the incarnation too.
 */
final class Finished {
    private static final int WIDTH = 3;
    private static final int EXPIRES = 2;
    /** Marks a free place; an expiry is a time in microseconds and never that. */
    private static final long FREE = Long.MIN_VALUE;

    private long[] table = free(16);
    private int size;
    private final Map<JobId, Long> replaceable = new HashMap<>();

    /** When this job expires, in microseconds since 1970, or {@code Long.MIN_VALUE} if it is not here. */
    long expiresAt(JobId id) {
        return table[find(id) + EXPIRES];
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
        if ((size + 1) * 4 > table.length / WIDTH * 3) {
            rehash(table.length / WIDTH * 2);
        }
        int at = find(id);
        if (table[at + EXPIRES] == FREE) {
            size++;
        }
        table[at] = id.high();
        table[at + 1] = id.low();
        table[at + EXPIRES] = expiresAt;
    }

    void remove(JobId id) {
        replaceable.remove(id);
        int at = find(id);
        if (table[at + EXPIRES] == FREE) {
            return;
        }
        size--;
        table[at + EXPIRES] = FREE;
        // close the gap: entries behind it may have been pushed on by the one that left
        for (int next = after(at); table[next + EXPIRES] != FREE; next = after(next)) {
            long high = table[next];
            long low = table[next + 1];
            long expires = table[next + EXPIRES];
            table[next + EXPIRES] = FREE;
            int place = find(new JobId(high, low));
            table[place] = high;
            table[place + 1] = low;
            table[place + EXPIRES] = expires;
        }
    }

    /** Up to {@code limit} jobs whose expiry lies at or before {@code micros}. */
    List<JobId> expired(long micros, int limit) {
        var found = new ArrayList<JobId>();
        for (int at = 0; at < table.length && found.size() < limit; at += WIDTH) {
            if (table[at + EXPIRES] != FREE && table[at + EXPIRES] <= micros) {
                found.add(new JobId(table[at], table[at + 1]));
            }
        }
        return found;
    }

    int size() {
        return size;
    }

    private int find(JobId id) {
        // ids are hashes or random already; the low half is not what chose the partition
        int at = (int) Long.remainderUnsigned(id.low(), table.length / WIDTH) * WIDTH;
        while (table[at + EXPIRES] != FREE && (table[at] != id.high() || table[at + 1] != id.low())) {
            at = after(at);
        }
        return at;
    }

    private int after(int at) {
        return at + WIDTH == table.length ? 0 : at + WIDTH;
    }

    private void rehash(int places) {
        var old = table;
        table = free(places);
        size = 0;
        for (int at = 0; at < old.length; at += WIDTH) {
            if (old[at + EXPIRES] != FREE) {
                put(new JobId(old[at], old[at + 1]), old[at + EXPIRES]);
            }
        }
    }

    private static long[] free(int places) {
        var table = new long[places * WIDTH];
        Arrays.fill(table, FREE);
        return table;
    }
}
