package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task type's jobs, newest first, and how many are in which state: kept as they change, so that nobody has to count. */
final class Listing {
    private final ConcurrentSkipListSet<Cursor> order = new ConcurrentSkipListSet<>();
    private final AtomicIntegerArray counts = new AtomicIntegerArray(State.values().length);
    /** Of the conditions that stand in the log. */
    private final List<Standing> standing = Stream
            .of(Condition.Type.PLATFORM_UNREACHABLE, Condition.Type.OUTCOME_UNKNOWN, Condition.Type.THROTTLED,
                    Condition.Type.QUOTA_EXCEEDED, Condition.Type.DEAD_LETTER)
            .map(Standing::new)
            .toList();

    /** What is shown of one job has changed. In order for any one job; for several, from any thread. */
    void changed(@Nullable Job was, @Nullable Job is) {
        if (was != null) {
            counts.decrementAndGet(was.state().ordinal());
        }
        if (is != null) {
            counts.incrementAndGet(is.state().ordinal());
        }
        standing.forEach(one -> one.changed(was, is));
        if (was == null || is == null || was.incarnation() != is.incarnation()) {
            if (was != null) {
                order.remove(place(was));
            }
            if (is != null) {
                order.add(place(is));
            }
        }
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
