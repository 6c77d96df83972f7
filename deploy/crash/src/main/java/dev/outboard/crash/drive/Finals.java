package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Reads every job's last record from every replica. */
final class Finals {
    private static final int AT_A_TIME = 64;
    private static final long PAUSE = 100;
    /** Also for a run that is late: what there is, is wanted. */
    private static final Duration LEAST = Duration.ofSeconds(30);

    private Finals() {}

    static List<Final> read(Api api, List<Note.Seen> seen, long deadline) throws InterruptedException {
        long until = Math.max(deadline, System.nanoTime() + LEAST.toNanos());
        var slots = new Semaphore(AT_A_TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = new ArrayList<Future<Final>>();
            for (var id : seen.stream().map(Note.Seen::id).filter(Objects::nonNull).toList()) {
                for (int replica = 0; replica < api.replicas(); replica++) {
                    int at = replica;
                    reads.add(threads.submit(() -> {
                        slots.acquire();
                        try {
                            return read(api, id, at, until);
                        } finally {
                            slots.release();
                        }
                    }));
                }
            }
            var finals = new ArrayList<Final>();
            for (var read : reads) {
                finals.add(read.get());
            }
            return finals;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a final read failed", e.getCause());
        }
    }

    private static Final read(Api api, String id, int replica, long until) throws InterruptedException {
        while (System.nanoTime() < until) {
            try {
                var answer = api.get(replica, id);
                if (answer.status() == 404) {
                    break;
                }
                if (answer.status() == 200 && !asOf(answer.body())) {
                    return Final.of(answer.body(), replica);
                }
            } catch (IOException _) {
                // it is asked again
            }
            Thread.sleep(PAUSE);
        }
        return Final.unknown(id, replica);
    }

    private static boolean asOf(JsonNode job) {
        return job.path("conditions").toString().contains("\"AsOf\"");
    }
}
