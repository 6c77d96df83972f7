package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is paused for longer than its session, with many jobs due, and wakes when others have them. */
class ZombieIT {
    private static final int JOBS = 60;
    private static final int LATE = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Its session of 6 s, and then some: its jobs are another's, and every one of its timers is overdue. */
    private static final Duration PAUSE = Duration.ofSeconds(8);
    private static final Pattern ANEW = Pattern.compile("(?m)^(\\S+) .*ledger: partitions .* are restored");

    @Test
    void aZombieThatWakesWritesNothingAndCallsNobody(@TempDir Path dir) throws Exception {
        try (var pool = new Pool(dir)) {
            var zombie = pool.worker();
            Pool.whole(zombie, 0);
            var successor = pool.second();
            pool.jobs(JOBS, "run");
            pool.come(JOBS, "RUNNING");
            // the creates of these are in flight, or are about to be, or have not been answered
            pool.jobs(LATE, "run");
            long paused = System.nanoTime();
            zombie.signal("STOP");
            Pool.whole(successor, paused);
            await().atMost(LIMIT).until(() -> System.nanoTime() - paused > PAUSE.toNanos());
            int said = zombie.output().length();
            long woken = System.currentTimeMillis();
            zombie.signal("CONT");
            var anew = await().atMost(LIMIT)
                    .until(() -> ANEW.matcher(zombie.output().substring(said)), found -> found.find());
            startedNothing(pool, zombie, woken, since(woken, anew.group(1)));
            var again = zombie.output().substring(said).lines().filter(line -> line.contains("begins again")).toList();
            // unless its first poll told it already that it is out
            assertTrue(again.stream().allMatch(line -> line.contains(": commit: ")), again.toString());
            pool.platform.finish();
            pool.come(JOBS + LATE, "SUCCEEDED");
            pool.eachCreatedOnce(JOBS + LATE);
        }
    }

    /** Dozens of its polls were overdue when it woke; once it has partitions again, it may call. */
    private static void startedNothing(Pool pool, Role zombie, long woken, long anew) throws Exception {
        var calls = pool.calls(zombie);
        assertTrue(calls.stream().anyMatch(call -> call.at() < woken));
        var between = calls.stream().filter(call -> call.at() >= woken && call.at() < anew).toList();
        // a call that had passed its last look at the lease, a moment before the pause: one on each core at most
        int mayBe = Runtime.getRuntime().availableProcessors();
        System.out.printf("zombie: it had partitions again %d ms after it woke, calls meanwhile: %s%n", anew - woken,
                between);
        assertTrue(between.size() <= mayBe, "started by a zombie: " + between);
    }

    /** A log line's time, in milliseconds since 1970. */
    private static long since(long woken, String time) {
        var day = Instant.ofEpochMilli(woken).atZone(ZoneId.systemDefault());
        var at = day.with(LocalTime.parse(time));
        return (at.isBefore(day.minusHours(1)) ? at.plusDays(1) : at).toInstant().toEpochMilli();
    }
}
