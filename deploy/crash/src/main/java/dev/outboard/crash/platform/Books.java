package dev.outboard.crash.platform;

import dev.outboard.crash.platform.External.State;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All jobs that the platform ever took, and how it treats a repeated create. Time is the caller's. Safe for many threads. */
final class Books {
    private final Guarantee guarantee;
    private final long seed;
    private final Map<String, External> byId = new LinkedHashMap<>();
    private final Map<String, List<String>> byKey = new HashMap<>();
    private final TreeSet<String> refused = new TreeSet<>();

    /**
     * What became of a create.
     *
     * @param job null where the platform refuses it
     * @param fresh false where there was one already
     */
    record Taken(@Nullable External job, boolean fresh) {}

    Books(Guarantee guarantee, long seed) {
        this.guarantee = guarantee;
        this.seed = seed;
    }

    synchronized Taken create(String key, String job, int attempt, int number, long now) {
        var known = byKey.getOrDefault(key, List.of());
        boolean dedupes = guarantee == Guarantee.ADOPT || guarantee == Guarantee.TOKEN;
        if (dedupes && !known.isEmpty()) {
            return new Taken(byId.get(known.getFirst()), false);
        }
        var script = Script.of(seed, number);
        if (script.end() == Script.End.REFUSE) {
            refused.add(job);
            return new Taken(null, false);
        }
        // what lives in a worker ends when the worker says so
        boolean endless = guarantee == Guarantee.NONE || script.end() == Script.End.NEVER;
        var id = "x" + (byId.size() + 1);
        var external = new External(id, key, job, attempt, number, now,
                endless ? External.NEVER : now + script.runsMillis(), end(script, attempt), External.NEVER);
        byId.put(id, external);
        byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
        return new Taken(external, true);
    }

    static State end(Script script, int attempt) {
        return switch (script.end()) {
            case FAIL -> State.FAILED;
            case FAIL_ONCE -> attempt == 1 ? State.FAILED_ONCE : State.SUCCEEDED;
            case SUCCEED, REFUSE, NEVER -> State.SUCCEEDED;
        };
    }

    /** Where look-ups lag, a job is found only some time after its create. */
    synchronized Optional<External> find(String key, long now) {
        long lag = guarantee == Guarantee.SEARCH ? 1500 : 0;
        return byKey.getOrDefault(key, List.of())
                .stream()
                .map(byId::get)
                .filter(job -> job.createdAt() + lag <= now)
                .findFirst();
    }

    synchronized Optional<External> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A job that runs stops a moment later. */
    synchronized Optional<External> delete(String id, long now) {
        return Optional.ofNullable(byId.computeIfPresent(id, (_, job) -> {
            boolean asked = job.cancelledAt() != External.NEVER;
            return asked || job.state(now) != State.RUNNING ? job : job.cancelled(now + 100 + job.number() % 7 * 100);
        }));
    }

    /** A worker tells how a job that lived in it has ended. */
    synchronized void ended(String id, State state, long now) {
        byId.computeIfPresent(id, (_, job) -> job.endedAt() == External.NEVER ? job.ended(state, now) : job);
    }

    synchronized List<External> all() {
        return List.copyOf(byId.values());
    }

    /** Outboard jobs of which a create was refused. */
    synchronized List<String> refused() {
        return List.copyOf(refused);
    }
}
