package dev.outboard.testkit.conformance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** Which platform threads have come since, and stay. */
final class ThreadWatch {
    /** The JVM's own: they come once, whoever is the first to need them, and never go. */
    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");
    private static final List<Pattern> JVM_NAMES = List.of(Pattern.compile("ForkJoinPool\\.commonPool-.*"),
            Pattern.compile("Keep-Alive-.*"), Pattern.compile("VirtualThread-.*"), Pattern.compile(".*-Poller.*"),
            Pattern.compile("Cleaner-\\d+"), Pattern.compile("process reaper.*"), Pattern.compile("surefire-.*"),
            Pattern.compile("CompletableFutureDelayScheduler"), Pattern.compile("awaitility-.*"),
            // DuckDB's driver: one for all its statements' time-outs
            Pattern.compile("duckdb-query-cancel-scheduler"));

    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

    /** @param patience how long they may take to go */
    List<String> left(Duration patience) {
        if (patience.isZero()) {
            return now();
        }
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .pollInSameThread()
                    .atMost(patience)
                    .until(() -> now().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException e) {
            return now();
        }
    }

    private List<String> now() {
        var names = new TreeSet<String>();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            var group = thread.getThreadGroup();
            if (!before.contains(thread) && group != null && !JVM_GROUPS.contains(group.getName())
                    && JVM_NAMES.stream().noneMatch(name -> name.matcher(thread.getName()).matches())) {
                names.add(thread.getName());
            }
        }
        return List.copyOf(names);
    }
}
