package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers from look to look what was not explained, and calls it found once it has stayed so for the settling time: then
 * no listing is old enough, and no create late enough, to explain it. One thread uses it.
 */
final class Suspects {
    /** One and the same contradiction in two looks. */
    private sealed interface Suspicion {
        record OfOrphan(String key, Handle handle) implements Suspicion {}

        record OfMissing(JobId id, String key) implements Suspicion {}

        static Suspicion of(Finding finding) {
            return switch (finding) {
                case Finding.Orphan(var external, _, _) -> new OfOrphan(external.key(), external.handle());
                case Finding.Missing(var job, var key) -> new OfMissing(job.id(), key);
            };
        }
    }

    private final Duration settling;
    /** When the log was read that did not explain it, the first time in a row. */
    private Map<Suspicion, Instant> since = Map.of();

    Suspects(Duration settling) {
        this.settling = settling;
    }

    /** Takes in what the next look did not explain, and gives what has now stayed unexplained for long enough. */
    List<Finding> settled(Look look, List<Finding> unexplained) {
        var next = new HashMap<Suspicion, Instant>();
        var settled = new ArrayList<Finding>();
        for (var finding : unexplained) {
            var suspicion = Suspicion.of(finding);
            var first = since.get(suspicion);
            next.put(suspicion, first == null ? look.readAt() : first);
            // this listing, however it lagged, is no older than the log of the first look
            if (first != null && !look.askedAt().isBefore(first.plus(settling))) {
                settled.add(finding);
            }
        }
        since = next;
        return List.copyOf(settled);
    }

    /** When a look could settle what is suspected now; null if nothing is. */
    @Nullable
    Instant due() {
        return since.values().stream().max(Instant::compareTo).map(latest -> latest.plus(settling)).orElse(null);
    }
}
