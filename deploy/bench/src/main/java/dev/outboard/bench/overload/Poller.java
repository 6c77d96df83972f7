package dev.outboard.bench.overload;

import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks for jobs all along, at a modest rate: in turns for one that has ended, which the API answers from memory, and for one
 * that lives, for which it asks Kafka how far the log reaches.
 */
final class Poller implements AutoCloseable {
    private static final long GAP_NANOS = 20_000_000;
    private static final String AS_OF = "\"AsOf\"";

    private final Connection connection;
    private final Thread thread;
    private final Collection<Long> nanos = new ConcurrentLinkedQueue<>();
    private final LongAdder asOf = new LongAdder();
    private final Collection<String> unanswered = new ConcurrentLinkedQueue<>();
    private volatile List<String> paths;
    private volatile boolean closing;

    /** @param paths of the jobs to ask for, in turns */
    Poller(int port, List<String> paths) {
        connection = new Connection(port);
        this.paths = paths;
        thread = Thread.ofPlatform().daemon().name("poller").start(this::run);
    }

    /** From now on asks for these. */
    void ask(List<String> others) {
        paths = others;
    }

    private void run() {
        for (int i = 0; !closing; i++) {
            LockSupport.parkNanos(GAP_NANOS);
            var all = paths;
            poll(all.get(i % all.size()));
        }
    }

    private void poll(String path) {
        long began = System.nanoTime();
        try {
            int status = connection.exchange(Connection.get(path));
            if (status != 200) {
                unanswered.add("answered " + status + ": " + connection.body());
            } else if (connection.body().contains(AS_OF)) {
                asOf.increment();
            }
        } catch (IOException | BenchFailed e) {
            unanswered.add(String.valueOf(e.getMessage()));
            closing = true;
        }
        nanos.add(System.nanoTime() - began);
    }

    /**
     * Polls of some time.
     *
     * @param p50 in milliseconds
     * @param p99 in milliseconds
     * @param asOf those that could not be sure of showing the latest, and said so
     * @param failure what was answered to one that was not answered, or null
     */
    record Polls(int count, double p50, double p99, double longest, long asOf, int unanswered,
            @Nullable String failure) {
        String times() {
            return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, longest %.0f ms (%d polls)", p50, p99, longest,
                    count);
        }
    }

    /** Those since this was asked last. */
    Polls take() {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        nanos.clear();
        if (sorted.length == 0) {
            throw new BenchFailed("no poll came back");
        }
        var failed = List.copyOf(unanswered);
        unanswered.clear();
        return new Polls(sorted.length, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1),
                asOf.sumThenReset(),
                failed.size(), failed.isEmpty() ? null : failed.getFirst());
    }

    private static double millis(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
