package dev.outboard.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides which connector serves which task type. */
final class Selection {
    private Selection() {}

    /**
     * The connector of each wanted task type; of every type there is, if none is named.
     *
     * @throws ConnectorsUnusable if a wanted type has no connector or two, or two connectors share a name
     */
    static SortedMap<String, Serving> of(Collection<Serving> all, Set<String> wanted) {
        var chosen = among(all, wanted);
        for (var taskType : new TreeSet<>(wanted)) {
            if (!chosen.containsKey(taskType)) {
                var served = served(all);
                throw new ConnectorsUnusable("no connector serves the task type " + taskType + "; "
                        + (served.isEmpty()
                                ? "there is no connector at all"
                                : "served are " + String.join(", ", served)
                                        + " (by "
                                        + all.stream().map(Serving::toString).collect(Collectors.joining(", "))
                                        + ")"));
            }
        }
        return chosen;
    }

    /** The same, where a wanted type may have no connector (yet). */
    static SortedMap<String, Serving> among(Collection<Serving> all, Set<String> wanted) {
        var chosen = new TreeMap<String, Serving>();
        for (var taskType : served(all)) {
            if (!wanted.isEmpty() && !wanted.contains(taskType)) {
                continue;
            }
            var able = all.stream().filter(serving -> serving.taskTypes().contains(taskType)).toList();
            if (able.size() > 1) {
                throw new ConnectorsUnusable("more than one connector serves the task type " + taskType + ": "
                        + able.stream().map(Serving::withOrigin).collect(Collectors.joining(", "))
                        + "; take all but one away");
            }
            chosen.put(taskType, able.getFirst());
        }
        refuseNamesakes(chosen);
        return chosen;
    }

    private static SortedSet<String> served(Collection<Serving> all) {
        var served = new TreeSet<String>();
        all.forEach(serving -> served.addAll(serving.taskTypes()));
        return served;
    }

    /** Two of one name would share settings and a folder. */
    private static void refuseNamesakes(SortedMap<String, Serving> chosen) {
        var bySlug = new HashMap<String, Serving>();
        for (var serving : chosen.values()) {
            var other = bySlug.putIfAbsent(serving.slug(), serving);
            if (other != null && other != serving) {
                throw new ConnectorsUnusable("two connectors go by the name " + serving.slug() + ": "
                        + other.withOrigin() + " and " + serving.withOrigin() + "; they would share settings");
            }
        }
    }
}
