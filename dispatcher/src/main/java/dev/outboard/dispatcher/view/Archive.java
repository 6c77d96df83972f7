package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.table.IdTable;
import dev.outboard.dispatcher.view.Known.Line;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Ended jobs that are not kept whole: where each one's record stands, and as much of it as decides whether a create begins
 * anew and whether a list shows it. 68 to 94 bytes a job, because there may be millions. Not safe for many threads.
 */
final class Archive {
    private static final int OFFSET = 0;
    private static final int INCARNATION = 1;
    private static final int EXPIRES = 2;
    /** Microseconds since 1970, and in the last two bits how it ended. */
    private static final int CREATED = 3;
    private static final int TRAITS = 4;
    private static final int COLUMNS = 5;
    private static final int STATE_BITS = 2;
    private static final State[] STATES = {State.SUCCEEDED, State.FAILED, State.CANCELLED, State.FAILED};
    /** The last of them: FAILED because it could not be taken. */
    private static final int REPLACEABLE = 3;

    private final IdTable table = new IdTable(COLUMNS);

    /** What is kept of this id, or null. */
    @Nullable
    Line get(JobId id) {
        int row = table.find(id);
        return row < 0
                ? null
                : new Line(id, table.get(row, OFFSET), table.get(row, INCARNATION), STATES[how(row)],
                        instant(table.get(row, EXPIRES)), how(row) == REPLACEABLE);
    }

    /** @param offset of the record in state[p] */
    void put(Job ended, long offset) {
        var expires = ended.times().expiresAt();
        if (expires == null) {
            throw new IllegalArgumentException("job " + ended.id() + " has not ended");
        }
        int how = Lifecycle.replaceable(ended) ? REPLACEABLE : Arrays.asList(STATES).indexOf(ended.state());
        long created = micros(ended.accepted().at()) << STATE_BITS | how;
        table.put(ended.id(), offset, ended.incarnation(), micros(expires), created, Traits.of(ended));
    }

    void remove(JobId id) {
        table.remove(id);
    }

    int size() {
        return table.size();
    }

    /**
     * Adds those that a list with this filter may show to the best of what others found. It looks at every line: who lists
     * so far back is rare, and an order kept for him would take as much again.
     *
     * @param best the last one first, at most {@code limit}
     */
    void select(JobFilter filter, @Nullable Cursor after, int limit, PriorityQueue<Cursor> best) {
        long wanted = Traits.of(filter);
        for (int row = table.next(-1); row >= 0; row = table.next(row)) {
            if ((table.get(row, TRAITS) & wanted) != wanted
                    || !filter.states().isEmpty() && !filter.states().contains(STATES[how(row)])) {
                continue;
            }
            var place = new Cursor(instant(table.get(row, CREATED) >> STATE_BITS), table.id(row));
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
    private int how(int row) {
        return (int) table.get(row, CREATED) & (1 << STATE_BITS) - 1;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
