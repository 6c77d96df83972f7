package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A platform of guarantee ADOPT that loses replies, lets creates land late, and keeps a ledger of what it was made to run. */
final class AdoptingPlatform {
    /** What one key made. */
    record Run(JobId id, long incarnation, int attempt) {}

    /** A create that is on its way; it lands within its deadline and a minute, or never. */
    private record Late(Run run, Instant sent) {}

    private static final Duration LANDS_WITHIN = LaneWalkTest.DEADLINE.plusSeconds(60);

    private enum Fate {
        RUNNING, SUCCEEDED, FAILED, CANCELLED
    }

    private final Random random;
    private final InstantSource clock;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, Fate> fates = new LinkedHashMap<>();
    private final Map<String, Late> late = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private boolean calm;
    private boolean ending;

    AdoptingPlatform(Random random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    void calm() {
        while (!late.isEmpty()) {
            landOne();
        }
        calm = true;
    }

    /** Every job ends, also those that never would. */
    void endAll() {
        ending = true;
    }

    /** A create whose sender has long given up takes effect. */
    void landOne() {
        var first = late.keySet().stream().findFirst();
        first.ifPresent(key -> {
            var create = late.remove(key);
            if (clock.instant().isBefore(create.sent().plus(LANDS_WITHIN))) {
                land(key, create.run());
            }
        });
    }

    boolean runs(Job job) {
        var handle = job.attempt().handle();
        return handle != null && fates.get(handle.value()) == Fate.RUNNING;
    }

    List<Run> running() {
        return runs.entrySet()
                .stream()
                .filter(e -> fates.get(e.getKey()) == Fate.RUNNING)
                .map(Map.Entry::getValue)
                .toList();
    }

    void check() {
        if (!wrongs.isEmpty()) {
            throw new AssertionError(wrongs.toString());
        }
    }

    Outcome answer(Call call) {
        if (!call.lease().getAsBoolean()) {
            return new Outcome.NotStarted();
        }
        var key = call.externalKey();
        return switch (call.op()) {
            case CHECK -> checked();
            case CREATE, OCCUPY -> create(key, new Run(call.job().id(), call.job().incarnation(),
                    call.job().attempt().number()));
            case POLL -> poll(key);
            case DELETE -> delete(key);
            default -> throw new AssertionError("no call for this guarantee: " + call.op());
        };
    }

    private Outcome checked() {
        return switch (calm ? 9 : random.nextInt(10)) {
            case 0 -> new Outcome.Checked(JobError.user("Bad", "bad"));
            case 1 -> new Outcome.NotStarted();
            default -> new Outcome.Checked(null);
        };
    }

    private Outcome create(String key, Run run) {
        return switch (calm ? 9 : random.nextInt(12)) {
            case 0 -> {
                land(key, run);
                yield new Outcome.Unknown("reply lost", false);
            }
            case 1 -> {
                late.putIfAbsent(key, new Late(run, clock.instant()));
                yield new Outcome.Unknown("no answer", false);
            }
            case 2 -> new Outcome.Unknown("Boom: " + random.nextInt(), true);
            case 3 -> new Outcome.Retry(Duration.ofSeconds(random.nextInt(5)), "busy");
            case 4 -> new Outcome.Unreachable("away");
            case 5 -> runs.containsKey(key) ? found(key) : refuse();
            default -> {
                land(key, run);
                yield runs.containsKey(key) ? found(key) : refuse();
            }
        };
    }

    /** For now: an older request of the same key may be on its way, and land. */
    private Outcome refuse() {
        return new Outcome.Rejected(new JobError(JobError.Kind.SYSTEM, "E", "e", random.nextBoolean(), null));
    }

    private static Outcome found(String key) {
        return new Outcome.Exists(new Handle("fake", "1", 1, key), List.of());
    }

    private void land(String key, Run run) {
        if (runs.putIfAbsent(key, run) != null) {
            return;
        }
        for (var other : runs.entrySet()) {
            if (!other.getKey().equals(key)) {
                if (other.getValue().equals(run)) {
                    wrongs.add("two keys of one attempt: " + run);
                }
                if (other.getValue().id().equals(run.id()) && fates.get(other.getKey()) == Fate.RUNNING) {
                    wrongs.add(run + " begins while " + other.getValue() + " runs");
                }
            }
        }
        fates.put(key, Fate.RUNNING);
    }

    private Outcome poll(String key) {
        if (!calm && random.nextInt(6) == 0) {
            return new Outcome.Unreachable("away");
        }
        // calm or not, a third of all jobs never end by themselves
        if (ending || random.nextInt(4) == 0 && Math.floorMod(key.hashCode(), 3) != 0) {
            fates.replace(key, Fate.RUNNING, random.nextInt(4) == 0 ? Fate.FAILED : Fate.SUCCEEDED);
        }
        return told(key);
    }

    private Outcome delete(String key) {
        int luck = calm ? 9 : random.nextInt(6);
        if (luck == 0) {
            return new Outcome.Unreachable("away");
        }
        if (luck > 1) {
            fates.replace(key, Fate.RUNNING, Fate.CANCELLED);
        }
        return told(key);
    }

    private Outcome told(String key) {
        return switch (fates.get(key)) {
            case RUNNING -> new Outcome.Running(false, "at work", random.nextDouble(), List.of(), null, null);
            case SUCCEEDED -> new Outcome.Succeeded(Bytes.of(new byte[]{1}), null);
            case FAILED -> new Outcome.Failed(new JobError(JobError.Kind.SYSTEM, "E", "e", true, null));
            case CANCELLED -> new Outcome.Cancelled();
            case null -> new Outcome.Gone();
        };
    }
}
