package dev.outboard.crash;

import dev.outboard.crash.cluster.Member;
import dev.outboard.crash.verdict.Takeovers;
import dev.outboard.crash.verdict.Takeovers.Death;
import dev.outboard.crash.verdict.Takeovers.Restored;
import dev.outboard.crash.verdict.WorkerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long partitions had no worker, shortest first.
 *
 * @param afterKills while no broker was down
 * @param brokerDown after kills and planned stops, while one was, or might have been
 * @param afterStops planned ones, while none was
 */
record TakeoverTimes(List<Duration> afterKills, List<Duration> brokerDown, List<Duration> afterStops) {
    /** A broker that was killed is back, and leads what it led, after so long at most. */
    private static final Duration DOWN = Duration.ofSeconds(30);

    static TakeoverTimes of(List<Member> workers, List<Member> brokers) throws IOException {
        var restored = new ArrayList<Restored>();
        for (var worker : workers) {
            for (var life : worker.lives()) {
                restored.addAll(WorkerLog.restored(Files.readAllLines(life.log()), life.log().toString()));
            }
        }
        var kills = deaths(workers, Member.Life::killed);
        var stops = deaths(workers, Member.Life::stopped);
        var both = new ArrayList<>(kills);
        both.addAll(stops);
        var down = brokers.stream()
                .flatMap(broker -> broker.lives().stream())
                .map(Member.Life::killed)
                .filter(Objects::nonNull)
                .toList();
        BiPredicate<Instant, Instant> disturbed = (from, to) -> down.stream()
                .anyMatch(at -> at.isAfter(from.minus(DOWN)) && at.isBefore(to));
        return new TakeoverTimes(Takeovers.of(restored, kills, disturbed.negate()),
                Takeovers.of(restored, both, disturbed), Takeovers.of(restored, stops, disturbed.negate()));
    }

    private static List<Death> deaths(List<Member> workers, Function<Member.Life, @Nullable Instant> end) {
        var deaths = new ArrayList<Death>();
        for (var worker : workers) {
            for (var life : worker.lives()) {
                var ended = end.apply(life);
                if (ended != null) {
                    deaths.add(new Death(ended, life.log().toString()));
                }
            }
        }
        return deaths;
    }
}
