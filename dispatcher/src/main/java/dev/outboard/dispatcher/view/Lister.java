package dev.outboard.dispatcher.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists jobs of several task types in one order. */
final class Lister {
    /** A filter that hardly any job meets must not hold a request for long: then the page ends early. */
    static final int MAX_LOOKED_AT = 50_000;

    private record Head(Cursor at, TypeView type, Iterator<Cursor> rest) {}

    private final Function<Located, Reading.Found> shown;

    /**
     * @param shown makes what a reader is given
     */
    Lister(Function<Located, Reading.Found> shown) {
        this.shown = shown;
    }

    JobPage page(Collection<TypeView> types, JobFilter filter, @Nullable Cursor after, int limit) {
        var heads = new PriorityQueue<Head>(Comparator.comparing(Head::at));
        for (var type : types) {
            if (filter.taskTypes().isEmpty() || filter.taskTypes().contains(type.taskType())) {
                advance(heads, type, type.listing().from(after));
            }
        }
        var jobs = new ArrayList<Reading.Found>();
        var last = after;
        for (int lookedAt = 0; jobs.size() < limit && lookedAt < MAX_LOOKED_AT; lookedAt++) {
            var head = heads.poll();
            if (head == null) {
                return new JobPage(jobs, null);
            }
            last = head.at();
            var seen = head.type().get(head.at().id());
            // between its place in the order and now the job may have gone, or begun anew elsewhere in the order
            if (seen != null && Listing.place(seen.job()).equals(head.at()) && filter.admits(seen.job())) {
                jobs.add(shown.apply(new Located(head.type(), seen)));
            }
            advance(heads, head.type(), head.rest());
        }
        return new JobPage(jobs, heads.isEmpty() ? null : last);
    }

    private static void advance(PriorityQueue<Head> heads, TypeView type, Iterator<Cursor> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), type, rest));
        }
    }
}
