package dev.outboard.crash.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How long partitions had no worker after theirs died. A partition is owned by the worker that restored it last. */
public final class Takeovers {
    private Takeovers() {}

    /** A worker's process has restored these partitions. */
    public record Restored(Instant at, String worker, Set<Integer> partitions) {}

    /** A worker's process was killed. */
    public record Death(Instant at, String worker) {}

    /**
     * One for each partition that lost its worker and got another, shortest first.
     *
     * @param counted whether one that lasted from then to then is of interest
     */
    public static List<Duration> of(List<Restored> restored, List<Death> deaths,
            BiPredicate<Instant, Instant> counted) {
        var events = restored.stream().sorted(Comparator.comparing(Restored::at)).toList();
        var takeovers = new ArrayList<Duration>();
        for (var death : deaths) {
            owned(events, death).forEach(partition -> {
                var successor = successor(events, death, partition);
                if (successor != null && counted.test(death.at(), successor)) {
                    takeovers.add(Duration.between(death.at(), successor));
                }
            });
        }
        return takeovers.stream().sorted().toList();
    }

    private static List<Integer> owned(List<Restored> events, Death death) {
        Map<Integer, String> owners = new HashMap<>();
        events.stream()
                .filter(event -> !event.at().isAfter(death.at()))
                .forEach(event -> event.partitions().forEach(p -> owners.put(p, event.worker())));
        return owners.keySet().stream().filter(p -> Objects.equals(owners.get(p), death.worker())).toList();
    }

    private static @Nullable Instant successor(List<Restored> events, Death death, int partition) {
        return events.stream()
                .filter(event -> event.at().isAfter(death.at()) && event.partitions().contains(partition))
                .map(Restored::at)
                .findFirst()
                .orElse(null);
    }

    /** The value below which so much of them lies, or null where there are none. */
    public static @Nullable Duration percentile(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
