package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One job's external jobs on a platform that loses replies and lets requests land late. */
final class PlatformModel {
    record Reply(Outcome outcome, Instant at) {}

    /** An external job; {@code end} is what a poll says once {@code to} has come. */
    record External(String key, String handle, Instant from, Instant to, Outcome end) {}

    final List<External> externals = new ArrayList<>();
    private final boolean dedupes;
    private final Duration latest;
    private final Random random;

    PlatformModel(boolean dedupes, Duration latest, Random random) {
        this.dedupes = dedupes;
        this.latest = latest;
        this.random = random;
    }

    Reply create(String key, Instant now, Instant deadline) {
        int luck = random.nextInt(100);
        var soon = now.plusMillis(10 + random.nextInt(500));
        if (luck < 4) {
            return new Reply(new Outcome.Retry(Duration.ofSeconds(1), "busy"), soon);
        }
        // a refusal says that nothing exists under the key
        if (luck < 8 && externals.stream().noneMatch(e -> e.key().equals(key) && !e.from().isAfter(soon))) {
            return new Reply(new Outcome.Rejected(Life.error(random.nextBoolean())), soon);
        }
        if (luck < 30) {
            if (random.nextBoolean()) {
                // a second early: the call itself began a moment after its intent
                lands(key, now.plusMillis(random.nextInt((int) latest.toMillis() - 1_000)));
            }
            return new Reply(new Outcome.Unknown("no reply", false), deadline);
        }
        return new Reply(new Outcome.Exists(handle(lands(key, soon)), List.of()), soon);
    }

    private External lands(String key, Instant at) {
        if (dedupes) {
            var before = externals.stream().filter(e -> e.key().equals(key) && !e.from().isAfter(at)).findFirst();
            if (before.isPresent()) {
                return before.get();
            }
            // what was to land later finds this one
            externals.removeIf(e -> e.key().equals(key));
        }
        var runs = random.nextInt(10) == 0 ? Duration.ofDays(9) : Duration.ofMillis(random.nextInt(1_200_000));
        var end = switch (random.nextInt(4)) {
            case 0 -> new Outcome.Failed(Life.error(true));
            case 1 -> new Outcome.Failed(Life.error(false));
            default -> new Outcome.Succeeded(Bytes.of(new byte[0]), null);
        };
        var external = new External(key, key + "/" + externals.size() + "/" + at.toEpochMilli(), at, at.plus(runs),
                end);
        externals.add(external);
        return external;
    }

    Reply find(String key, Instant now) {
        var found = externals.stream().filter(e -> e.key().equals(key) && !e.from().isAfter(now)).findFirst();
        return new Reply(found.<Outcome>map(e -> new Outcome.Exists(handle(e), List.of()))
                .orElseGet(
                        Outcome.Absent::new),
                now.plusMillis(10));
    }

    Reply poll(String handle, Instant now) {
        var external = by(handle);
        if (random.nextInt(30) == 0) {
            return new Reply(new Outcome.Unreachable("down"), now.plusMillis(50));
        }
        return new Reply(external.to().isAfter(now)
                ? new Outcome.Running(false, null, null, List.of(), null, null)
                : external.end(), now.plusMillis(10));
    }

    Reply delete(String handle, Instant now) {
        var external = by(handle);
        var stops = now.plusMillis(random.nextInt(20_000));
        if (external.to().isAfter(stops)) {
            externals.set(externals.indexOf(external), new External(external.key(), handle, external.from(), stops,
                    new Outcome.Cancelled()));
        }
        return poll(handle, now);
    }

    private External by(String handle) {
        return externals.stream().filter(e -> e.handle().equals(handle)).findFirst().orElseThrow();
    }

    private static Handle handle(External external) {
        return new Handle("Fake", "1", 1, external.handle());
    }
}
