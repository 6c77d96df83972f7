package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Known.Line;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Ended jobs that are not kept whole: where each one's record stands, and as much of it as decides whether a create begins
 * anew and whether a list shows it. Open addressing over one array, seven longs a line at a load of 3/5 to 5/6: 68 to 94
 * bytes a job, because there may be millions. Not safe for many threads.
 */
final class Archive {
    private static final int WIDTH = 7;
    private static final int OFFSET = 2;
    private static final int INCARNATION = 3;
    private static final int EXPIRES = 4;
    /** Microseconds since 1970, and in the last two bits how it ended. */
    private static final int CREATED = 5;
    private static final int TRAITS = 6;
    private static final int STATE_BITS = 2;
    private static final State[] STATES = {State.SUCCEEDED, State.FAILED, State.CANCELLED, State.FAILED};
    /** The last of them: FAILED because it could not be taken. */
    private static final int REPLACEABLE = 3;
    /** Marks a free place; an expiry is a time in microseconds and never that. */
    private static final long FREE = Long.MIN_VALUE;

    private long[] table = free(8);
    private int size;

    /** What is kept of this id, or null. */
    @Nullable
    Line get(JobId id) {
        int at = find(id);
        return table[at + EXPIRES] == FREE
                ? null
                : new Line(id, table[at + OFFSET], table[at + INCARNATION], STATES[how(at)],
                        instant(table[at + EXPIRES]),
                        how(at) == REPLACEABLE);
    }

    /** @param offset of the record in state[p] */
    void put(Job ended, long offset) {
        var expires = ended.times().expiresAt();
        if (expires == null) {
            throw new IllegalArgumentException("job " + ended.id() + " has not ended");
        }
        int how = Lifecycle.replaceable(ended) ? REPLACEABLE : Arrays.asList(STATES).indexOf(ended.state());
        long created = micros(ended.accepted().at()) << STATE_BITS | how;
        put(new long[]{ended.id().high(), ended.id().low(), offset, ended.incarnation(), micros(expires), created,
                Traits.of(ended)}, 0);
    }

    private void put(long[] lines, int from) {
        int places = table.length / WIDTH;
        if ((size + 1) * 6 > places * 5) {
            var old = table;
            table = free(places + places * 2 / 5);
            size = 0;
            for (int at = 0; at < old.length; at += WIDTH) {
                if (old[at + EXPIRES] != FREE) {
                    put(old, at);
                }
            }
        }
        int at = find(new JobId(lines[from], lines[from + 1]));
        if (table[at + EXPIRES] == FREE) {
            size++;
        }
        System.arraycopy(lines, from, table, at, WIDTH);
    }

    void remove(JobId id) {
        int at = find(id);
        if (table[at + EXPIRES] == FREE) {
            return;
        }
        size--;
        table[at + EXPIRES] = FREE;
        // close the gap: lines behind it may have been pushed on by the one that left
        for (int next = after(at); table[next + EXPIRES] != FREE; next = after(next)) {
            var line = Arrays.copyOfRange(table, next, next + WIDTH);
            table[next + EXPIRES] = FREE;
            System.arraycopy(line, 0, table, find(new JobId(line[0], line[1])), WIDTH);
        }
    }

    int size() {
        return size;
    }

    /**
     * Adds those that a list with this filter may show to the best of what others found. It looks at every line: who lists
     * so far back is rare, and an order kept for him would take as much again.
     *
     * @param best the last one first, at most {@code limit}
     */
    void select(JobFilter filter, @Nullable Cursor after, int limit, PriorityQueue<Cursor> best) {
        long wanted = Traits.of(filter);
        for (int at = 0; at < table.length; at += WIDTH) {
            if (table[at + EXPIRES] == FREE || (table[at + TRAITS] & wanted) != wanted
                    || !filter.states().isEmpty() && !filter.states().contains(STATES[how(at)])) {
                continue;
            }
            var place = new Cursor(instant(table[at + CREATED] >> STATE_BITS), new JobId(table[at], table[at + 1]));
            if (after != null && place.compareTo(after) <= 0) {
                continue;
            }
            best.add(place);
            if (best.size() > limit) {
                best.remove();
            }
        }
    }

    /** The place of its end among {@link #STATES}. */
    private int how(int at) {
        return (int) table[at + CREATED] & (1 << STATE_BITS) - 1;
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

    private static long[] free(int places) {
        var table = new long[places * WIDTH];
        for (int at = 0; at < table.length; at += WIDTH) {
            table[at + EXPIRES] = FREE;
        }
        return table;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
