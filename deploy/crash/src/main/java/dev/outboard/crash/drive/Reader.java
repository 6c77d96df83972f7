package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who reads one job, here and there, and notes when it goes backwards. Used by one thread. */
final class Reader {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Api api;
    private final Counts counts;
    private final Note note;
    private final String id;
    private Place last = Place.NOWHERE;

    Reader(Api api, Counts counts, Note note, String id) {
        this.api = api;
        this.counts = counts;
        this.note = note;
        this.id = id;
    }

    /**
     * Reads the job.
     *
     * @param held until its end, for a moment
     * @return the job, or null where there was no answer, or none that counts
     */
    @Nullable
    JsonNode read(int replica, boolean held) throws InterruptedException {
        try {
            var answer = held ? api.await(replica, id) : api.get(replica, id);
            counts.reads.incrementAndGet();
            return switch (answer.status()) {
                case 200 -> saw(answer.body(), "replica " + (replica + 1));
                case 404 -> {
                    note.missed(Instant.now() + " replica " + (replica + 1) + " answered " + answer.brief());
                    yield null;
                }
                case 503 -> {
                    counts.refusals.incrementAndGet();
                    yield null;
                }
                default -> {
                    note.odd("a read was answered " + answer.brief());
                    yield null;
                }
            };
        } catch (IOException e) {
            return null;
        }
    }

    /** Any answer that shows the job; null if it says that it may be old. */
    @Nullable
    JsonNode saw(JsonNode job, String who) {
        for (var condition : job.path("conditions")) {
            if (condition.path("type").asText().equals("AsOf")) {
                counts.asOf.incrementAndGet();
                return null;
            }
        }
        var place = Place.of(job);
        if (place.compareTo(last) < 0) {
            note.backwards(Instant.now() + " " + who + " showed " + place + " after " + last);
        }
        last = place;
        return job;
    }

    static boolean ended(JsonNode job) {
        return ENDED.contains(job.path("state").asText());
    }
}
