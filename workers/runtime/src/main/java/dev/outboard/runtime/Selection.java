package dev.outboard.runtime;

import dev.outboard.spi.Connector;
import java.util.Collection;
import java.util.HashMap;
import java.util.Set;
import java.util.SortedMap;
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
    static SortedMap<String, Serving> of(Collection<Connector> found, Set<String> wanted) {
        var all = found.stream().map(Serving::of).toList();
        var served = new TreeSet<String>();
        all.forEach(serving -> served.addAll(serving.taskTypes()));
        var chosen = new TreeMap<String, Serving>();
        for (var taskType : wanted.isEmpty() ? served : new TreeSet<>(wanted)) {
            var able = all.stream().filter(serving -> serving.taskTypes().contains(taskType)).toList();
            if (able.isEmpty()) {
                throw new ConnectorsUnusable("no connector serves the task type " + taskType + "; "
                        + (served.isEmpty()
                                ? "there is no connector at all"
                                : "served are " + String.join(", ", served)
                                        + " (by "
                                        + all.stream().map(Serving::toString).collect(Collectors.joining(", "))
                                        + ")"));
            }
            if (able.size() > 1) {
                throw new ConnectorsUnusable("more than one connector serves the task type " + taskType + ": "
                        + able.stream().map(Serving::toString).collect(Collectors.joining(", "))
                        + "; take all but one off the class path");
            }
            chosen.put(taskType, able.getFirst());
        }
        refuseNamesakes(chosen);
        return chosen;
    }

    /** Two of one name would share settings and a folder. */
    private static void refuseNamesakes(SortedMap<String, Serving> chosen) {
        var bySlug = new HashMap<String, Serving>();
        for (var serving : chosen.values()) {
            var other = bySlug.putIfAbsent(serving.slug(), serving);
            if (other != null && other != serving) {
                throw new ConnectorsUnusable("two connectors go by the name " + serving.slug() + ": " + other + " and "
                        + serving + "; they would share settings");
            }
        }
    }
}
