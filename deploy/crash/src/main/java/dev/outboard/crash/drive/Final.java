package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job's last record as one replica shows it.
 *
 * @param state null where the replica does not know the job, or gave no answer in time
 * @param endedAt milliseconds since 1970, or 0
 * @param error the code of its error, or empty
 */
public record Final(String id, int replica, @Nullable String state, Place place, int attempt, long endedAt,
        String error) {

    static Final unknown(String id, int replica) {
        return new Final(id, replica, null, Place.NOWHERE, 0, 0, "");
    }

    static Final of(JsonNode job, int replica) {
        var ended = job.path("ended_at").asText();
        return new Final(job.path("id").asText(), replica, job.path("state").asText(), Place.of(job),
                job.path("attempt").asInt(), ended.isEmpty() ? 0 : Instant.parse(ended).toEpochMilli(),
                job.path("error").path("code").asText());
    }
}
