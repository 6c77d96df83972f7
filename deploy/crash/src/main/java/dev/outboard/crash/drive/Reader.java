package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.crash.history.History;
import dev.outboard.crash.history.Invocation;
import dev.outboard.crash.history.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who reads one job, here and there, and notes when it goes backwards. Used by one thread. */
final class Reader {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Api api;
    private final Record record;
    private final Note note;
    private final String id;
    private Place last = Place.NOWHERE;

    /**
     * Where all that is done is noted.
     *
     * @param client who reads, for the history: somebody who does one thing at a time
     */
    record Record(Counts counts, History history, int client) {
        Invocation begin(int replica, Kind kind, Note note) {
            return history.begin(client, "api-" + (replica + 1), kind, note.key());
        }
    }

    Reader(Api api, Record record, Note note, String id) {
        this.api = api;
        this.record = record;
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
        var call = record.begin(replica, Kind.GET, note);
        try {
            var answer = held ? api.await(replica, id) : api.get(replica, id);
            record.counts().reads.incrementAndGet();
            return switch (answer.status()) {
                case 200 -> {
                    var job = saw(answer.body(), "replica " + (replica + 1));
                    if (job == null) {
                        call.unknown();
                    } else {
                        call.saw(last.incarnation(), last.rev());
                    }
                    yield job;
                }
                case 404 -> {
                    call.notFound();
                    note.missed(Instant.now() + " replica " + (replica + 1) + " answered " + answer.brief());
                    yield null;
                }
                case 503 -> {
                    call.unknown();
                    record.counts().refusals.incrementAndGet();
                    yield null;
                }
                default -> {
                    call.unknown();
                    note.odd("a read was answered " + answer.brief());
                    yield null;
                }
            };
        } catch (IOException e) {
            call.unknown();
            return null;
        }
    }

    /** Any answer that shows the job; null if it says that it may be old. */
    @Nullable
    JsonNode saw(JsonNode job, String who) {
        for (var condition : job.path("conditions")) {
            if (condition.path("type").asText().equals("AsOf")) {
                record.counts().asOf.incrementAndGet();
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
