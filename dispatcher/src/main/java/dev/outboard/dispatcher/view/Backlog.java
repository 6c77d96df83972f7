package dev.outboard.dispatcher.view;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a task type's untaken creates are so many, or so old, that no more are accepted. Safe for many threads. */
final class Backlog {
    /** Looking for the oldest walks all partitions; for so long what was seen will do. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Look(Instant at, @Nullable String why) {}

    private final int most;
    private final BooleanSupplier memoryFull;
    private final Duration oldest;
    private final InstantSource clock;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    /**
     * @param most so many creates of a type may lie untaken
     * @param memoryFull true while jobs that have not ended take as much memory as they may
     * @param oldest a create may lie so long
     */
    Backlog(int most, BooleanSupplier memoryFull, Duration oldest, InstantSource clock) {
        this.most = most;
        this.memoryFull = memoryFull;
        this.oldest = oldest;
        this.clock = clock;
    }

    /** Why no more creates are accepted, for people; null if they are. */
    @Nullable
    String full(TypeView type) {
        int untaken = type.untaken();
        if (untaken >= most) {
            return untaken + " jobs of task type " + type.taskType() + " wait for a worker";
        }
        if (memoryFull.getAsBoolean()) {
            return "there are as many jobs that have not ended as this API's memory holds";
        }
        var now = clock.instant();
        var look = looks.get(type.taskType());
        if (look == null || Duration.between(look.at(), now).compareTo(FRESH) >= 0) {
            look = new Look(now, look(type, now));
            looks.put(type.taskType(), look);
        }
        return look.why();
    }

    private @Nullable String look(TypeView type, Instant now) {
        var since = type.oldestUntaken();
        return since != null && since.isBefore(now.minus(oldest))
                ? "a job of task type " + type.taskType() + " has waited for a worker since " + since
                : null;
    }
}
