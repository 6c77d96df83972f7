package dev.outboard.dispatcher.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists jobs of several task types in one order. */
final class Lister {
    /** A filter that hardly any job meets must not hold a request for long: then the page ends early. */
    static final int MAX_LOOKED_AT = 50_000;

    private record Head(Cursor at, TypeView type, Iterator<Cursor> rest) {}

    private record Walked(NavigableMap<Cursor, Place> found, @Nullable Cursor end) {}

    /** Who stands at a place in the order. */
    private sealed interface Place {}

    private record Whole(Located found) implements Place {}

    /** Somebody who has all traits that are asked for, and is still to be read. */
    private record Archived(TypeView type) implements Place {}

    private final Function<Located, Reading.Found> shown;

    /**
     * @param shown makes what a reader is given
     */
    Lister(Function<Located, Reading.Found> shown) {
        this.shown = shown;
    }

    /** @throws dev.outboard.dispatcher.log.LogFailure if archived jobs could not be read back now */
    JobPage page(Collection<TypeView> types, JobFilter filter, @Nullable Cursor after, int limit) {
        var wanted = types.stream()
                .filter(type -> filter.taskTypes().isEmpty() || filter.taskTypes().contains(type.taskType()))
                .toList();
        var whole = walk(wanted, filter, after, limit);
        // after the walk: what was archived meanwhile is found twice, and not missed
        var places = new TreeMap<>(whole.found());
        var end = whole.end();
        for (var type : wanted) {
            var archived = type.archived(filter, after, limit);
            if (archived.size() == limit) {
                // there may be more behind the last one
                end = end == null || archived.element().compareTo(end) < 0 ? archived.element() : end;
            }
            archived.forEach(place -> places.putIfAbsent(place, new Archived(type)));
        }
        return page(places, end, filter, limit);
    }

    private JobPage page(TreeMap<Cursor, Place> places, @Nullable Cursor end, JobFilter filter, int limit) {
        var jobs = new ArrayList<Reading.Found>();
        for (var one : places.entrySet()) {
            if (end != null && one.getKey().compareTo(end) > 0) {
                return new JobPage(jobs, end);
            }
            var located = switch (one.getValue()) {
                case Whole(var found) -> found;
                case Archived(var type) -> meets(type, one.getKey(), filter);
            };
            if (located != null) {
                jobs.add(shown.apply(located));
            }
            if (jobs.size() == limit) {
                return new JobPage(jobs, end == null && one.getKey().equals(places.lastKey()) ? null : one.getKey());
            }
        }
        return new JobPage(jobs, end);
    }

    /** Those that are in memory; up to so many, and where it ended, or null after the last. */
    private static Walked walk(Collection<TypeView> types, JobFilter filter, @Nullable Cursor after, int limit) {
        var heads = new PriorityQueue<Head>(Comparator.comparing(Head::at));
        types.forEach(type -> advance(heads, type, type.listing().from(after)));
        var found = new TreeMap<Cursor, Place>();
        var last = after;
        for (int lookedAt = 0; found.size() < limit && lookedAt < MAX_LOOKED_AT; lookedAt++) {
            var head = heads.poll();
            if (head == null) {
                return new Walked(found, null);
            }
            last = head.at();
            var located = meets(head.type(), head.at(), filter);
            if (located != null) {
                found.put(head.at(), new Whole(located));
            }
            advance(heads, head.type(), head.rest());
        }
        return new Walked(found, heads.isEmpty() ? null : last);
    }

    private static @Nullable Located meets(TypeView type, Cursor at, JobFilter filter) {
        var seen = type.get(at.id());
        // between its place in the order and now the job may have gone, or begun anew elsewhere in the order
        return seen != null && Listing.place(seen.job()).equals(at) && filter.admits(seen.job())
                ? new Located(type, seen)
                : null;
    }

    private static void advance(PriorityQueue<Head> heads, TypeView type, Iterator<Cursor> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), type, rest));
        }
    }
}
