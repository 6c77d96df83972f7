package dev.outboard.dispatcher.view;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether a task type's untaken creates are so many, or so old, that no more are accepted. Safe for many threads. */
final class Backlog {
    /** So many creates of a type may lie untaken. */
    static final int MAX_UNTAKEN = 100_000;
    /** Looking walks all partitions; for so long what was seen will do. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Look(Instant at, @Nullable String why) {}

    private final Duration oldest;
    private final InstantSource clock;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    /** @param oldest a create may lie so long */
    Backlog(Duration oldest, InstantSource clock) {
        this.oldest = oldest;
        this.clock = clock;
    }

    /** Why no more creates are accepted, for people; null if they are. */
    @Nullable
    String full(TypeView type) {
        var now = clock.instant();
        var look = looks.get(type.taskType());
        if (look == null || Duration.between(look.at(), now).compareTo(FRESH) >= 0) {
            look = new Look(now, look(type, now));
            looks.put(type.taskType(), look);
        }
        return look.why();
    }

    private @Nullable String look(TypeView type, Instant now) {
        int untaken = type.untaken();
        if (untaken >= MAX_UNTAKEN) {
            return untaken + " jobs of task type " + type.taskType() + " wait for a worker";
        }
        var since = type.oldestUntaken();
        return since != null && since.isBefore(now.minus(oldest))
                ? "a job of task type " + type.taskType() + " has waited for a worker since " + since
                : null;
    }
}
