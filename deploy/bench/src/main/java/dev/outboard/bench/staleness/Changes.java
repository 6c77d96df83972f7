package dev.outboard.bench.staleness;

import dev.outboard.bench.BenchFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Changes jobs on the platform, creates and cancels others, and waits for each change to show. */
final class Changes {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long TICK_NANOS = 10_000_000;

    private final Ledger ledger;
    private final Api api;
    private final List<Ledger.Entry> untouched;
    private final Collection<Double> seen = new ConcurrentLinkedQueue<>();
    private final Collection<Double> cancelled = new ConcurrentLinkedQueue<>();
    private final Collection<String> missed = new ConcurrentLinkedQueue<>();

    /** @param seed chooses the jobs */
    Changes(Ledger ledger, Api api, long seed) {
        this.ledger = ledger;
        this.api = api;
        untouched = new ArrayList<>(ledger.running());
        Collections.shuffle(untouched, new Random(seed));
    }

    /**
     * How late changes were seen, and how long a cancel took from its acceptance, in seconds and in order.
     *
     * @param missed what was never seen, or failed
     */
    record Seen(double[] changes, double[] cancels, List<String> missed) {
        static double share(double[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    Seen run(Duration length) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new long[4];
            long began = System.nanoTime();
            for (long now = 0; now < length.toNanos(); now = System.nanoTime() - began) {
                double seconds = now / 1e9;
                for (; done[0] < seconds * Plan.CREATES; done[0]++) {
                    threads.execute(() -> trying(api::create));
                }
                for (; done[1] < seconds * Plan.CANCELS && !untouched.isEmpty(); done[1]++) {
                    var entry = untouched.removeLast();
                    threads.execute(() -> trying(() -> cancel(entry)));
                }
                for (; done[2] < seconds * Plan.ENDS && !untouched.isEmpty(); done[2]++) {
                    var entry = untouched.removeLast();
                    threads.execute(() -> trying(() -> {
                        ledger.end(entry, "SUCCEEDED");
                        await(entry, "\"state\":\"SUCCEEDED\"", seen);
                    }));
                }
                for (; done[3] < seconds * Plan.STAGES && !untouched.isEmpty(); done[3]++) {
                    var entry = untouched.removeLast();
                    threads.execute(() -> trying(() -> {
                        ledger.advance(entry);
                        await(entry, "\"message\":\"stage 1\"", seen);
                    }));
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
        return new Seen(sorted(seen), sorted(cancelled), List.copyOf(missed));
    }

    private interface Act {
        void run() throws IOException;
    }

    private void trying(Act act) {
        try {
            act.run();
        } catch (IOException | BenchFailed e) {
            missed.add(String.valueOf(e.getMessage()));
        }
    }

    private void cancel(Ledger.Entry entry) throws IOException {
        api.cancel(entry.jobId);
        await(entry, "\"state\":\"CANCELLED\"", cancelled);
    }

    private void await(Ledger.Entry entry, String text, Collection<Double> times) throws IOException {
        long began = System.nanoTime();
        if (api.shows(entry.jobId, text, LIMIT)) {
            times.add((System.nanoTime() - began) / 1e9);
        } else {
            missed.add("job " + entry.jobId + " does not show " + text + " after " + LIMIT.toSeconds() + " s");
        }
    }

    private static double[] sorted(Collection<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
