package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Known.Seen;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task type's jobs, newest first but for archived ones, and how many are in which state: kept as they change, so that
 * nobody has to count.
 */
final class Listing {
    private final ConcurrentSkipListSet<Cursor> order = new ConcurrentSkipListSet<>();
    private final AtomicIntegerArray counts = new AtomicIntegerArray(State.values().length);
    /** Of the conditions that stand in the log. */
    private final List<Standing> standing = Stream
            .of(Condition.Type.values())
            .filter(type -> type != Condition.Type.NO_WORKER && type != Condition.Type.AS_OF)
            .map(Standing::new)
            .toList();

    private final AtomicInteger untaken = new AtomicInteger();

    /** What is shown of one job has changed. In order for any one job; for several, from any thread. */
    void changed(@Nullable Known was, @Nullable Known is) {
        if (was != null) {
            counts.decrementAndGet(was.state().ordinal());
        }
        if (is != null) {
            counts.incrementAndGet(is.state().ordinal());
        }
        var before = was instanceof Seen seen ? seen.job() : null;
        var after = is instanceof Seen seen ? seen.job() : null;
        standing.forEach(one -> one.changed(before, after));
        if (before == null || after == null || before.incarnation() != after.incarnation()) {
            if (before != null) {
                order.remove(place(before));
            }
            if (after != null) {
                order.add(place(after));
            }
        }
    }

    /** A job is counted on, and stands in an archive's order from now on. */
    void archived(Job job) {
        order.remove(place(job));
    }

    /** So many more creates lie untaken, or fewer. */
    void untaken(int more) {
        untaken.addAndGet(more);
    }

    int untaken() {
        return untaken.get();
    }

    int count(State state) {
        return counts.get(state.ordinal());
    }

    List<Standing> standing() {
        return standing;
    }

    /** The jobs after this place, or all. */
    Iterator<Cursor> from(@Nullable Cursor after) {
        return after == null ? order.iterator() : order.tailSet(after, false).iterator();
    }

    static Cursor place(Job job) {
        return new Cursor(job.accepted().at(), job.id());
    }
}
