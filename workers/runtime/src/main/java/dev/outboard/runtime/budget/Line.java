package dev.outboard.runtime.budget;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a bucket, and who is next: the most urgent, and among equals whose job has waited longest. Every fourth
 * turn is that of who came first whatever it wants, so that nobody waits for ever; lists get every third while one waits,
 * for it takes a hundred of them to see what became of all jobs. Under its bucket's lock.
 */
final class Line {
    private static final int FAIR = 4;
    private static final int LISTS = 3;

    /**
     * @param since orders equals: smaller first
     * @param number in order of arrival
     */
    record Waiter(Urgency urgency, long since, long number, CountDownLatch turn) {}

    private final TreeSet<Waiter> byUrgency = new TreeSet<>(Comparator.comparing(Waiter::urgency)
            .thenComparing(Waiter::since)
            .thenComparing(Waiter::number));
    private final TreeSet<Waiter> byAge = new TreeSet<>(Comparator.comparing(Waiter::number));
    private long came;
    private long turns;
    private int sinceList;

    Waiter join(Urgency urgency, long since) {
        var waiter = new Waiter(urgency, since, came++, new CountDownLatch(1));
        byUrgency.add(waiter);
        byAge.add(waiter);
        return waiter;
    }

    /** False if it was let through already. */
    boolean leave(Waiter waiter) {
        byUrgency.remove(waiter);
        return byAge.remove(waiter);
    }

    int size() {
        return byAge.size();
    }

    /** Takes who is next out of the line; null if nobody waits. */
    @Nullable
    Waiter next() {
        if (byAge.isEmpty()) {
            return null;
        }
        turns++;
        // a list is the least urgent, and so the last if one waits at all
        var last = byUrgency.last();
        boolean list = last.urgency() == Urgency.LIST;
        var next = list && sinceList >= LISTS - 1
                ? byUrgency.ceiling(new Waiter(Urgency.LIST, Long.MIN_VALUE, Long.MIN_VALUE, last.turn()))
                : turns % FAIR == 0 ? byAge.first() : byUrgency.first();
        var chosen = next == null ? last : next;
        sinceList = chosen.urgency() == Urgency.LIST ? 0 : sinceList + 1;
        leave(chosen);
        return chosen;
    }
}
