package dev.outboard.crash.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wing and Gong's search for a linearization, with Lowe's memoisation, as Knossos and Porcupine have it: calls and returns
 * stand in a linked list by time; an operation whose call comes before the first return may be next; it is lifted out of the
 * list, and put back where no continuation is found. A configuration (which operations were lifted, and the state) is tried
 * once. An operation without an end may be left out.
 *
 * <p>
 * One reduction: an operation that may be next and leaves the state as it is, is taken without an alternative. Wherever
 * another order has it, it can as well stand here.
 *
 * @param <S> the object's states, with equals and hashCode
 */
final class Search<S> {
    /** What the object allows. */
    interface Step<S> {
        /** The state after this operation; null where it is not legal in this state. */
        @Nullable
        S after(S state, int operation);
    }

    private record Entry(int operation, long time, boolean call) {
        /** Of the same time, calls come first: what touches may overlap. */
        static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::time).thenComparing(e -> !e.call);
    }

    private record Configuration<S>(BitSet lifted, S state) {}

    private record Lift<S>(int position, S before, boolean only) {}

    /** Positions in the list; 0 is its head, the last one its tail. */
    private final List<Entry> entries = new ArrayList<>();
    private final int[] next;
    private final int[] previous;
    /** By operation; 0 where it has no end. */
    private final int[] returns;
    private final Step<S> step;
    private final BitSet lifted = new BitSet();
    private final Set<Configuration<S>> tried = new HashSet<>();
    private final Deque<Lift<S>> lifts = new ArrayDeque<>();
    private S state;
    private int owed;

    /**
     * @param starts by operation
     * @param ends   by operation; {@link Operation#OPEN} where it may be left out
     */
    Search(long[] starts, long[] ends, S initial, Step<S> step) {
        this.step = step;
        state = initial;
        for (int i = 0; i < starts.length; i++) {
            entries.add(new Entry(i, starts[i], true));
            if (ends[i] != Operation.OPEN) {
                entries.add(new Entry(i, ends[i], false));
                owed++;
            }
        }
        entries.sort(Entry.ORDER);
        entries.addFirst(new Entry(-1, Long.MIN_VALUE, false));
        next = new int[entries.size() + 1];
        previous = new int[entries.size() + 1];
        returns = new int[starts.length];
        for (int i = 0; i < entries.size(); i++) {
            next[i] = i + 1;
            previous[i + 1] = i;
            if (i > 0 && !entries.get(i).call) {
                returns[entries.get(i).operation] = i;
            }
        }
    }

    /** Whether there is an order of all operations that the object allows and time does not contradict. To be called once. */
    boolean found() {
        int at = next[0];
        while (owed > 0) {
            if (entries.get(at).call) {
                at = lift(at) ? next[0] : next[at];
            } else {
                // this operation has ended: it should have been taken before
                Lift<S> last;
                do {
                    if (lifts.isEmpty()) {
                        return false;
                    }
                    last = lifts.pop();
                    putBack(last);
                } while (last.only);
                at = next[last.position];
            }
        }
        return true;
    }

    private boolean lift(int at) {
        int operation = entries.get(at).operation;
        var after = step.after(state, operation);
        if (after == null) {
            return false;
        }
        lifted.set(operation);
        boolean same = after.equals(state);
        if (!same && !tried.add(new Configuration<>((BitSet) lifted.clone(), after))) {
            lifted.clear(operation);
            return false;
        }
        lifts.push(new Lift<>(at, state, same));
        state = after;
        unlink(at);
        if (returns[operation] > 0) {
            unlink(returns[operation]);
            owed--;
        }
        return true;
    }

    private void putBack(Lift<S> last) {
        int operation = entries.get(last.position).operation;
        if (returns[operation] > 0) {
            link(returns[operation]);
            owed++;
        }
        link(last.position);
        lifted.clear(operation);
        state = last.before;
    }

    private void unlink(int at) {
        next[previous[at]] = next[at];
        previous[next[at]] = previous[at];
    }

    private void link(int at) {
        next[previous[at]] = at;
        previous[next[at]] = at;
    }
}
