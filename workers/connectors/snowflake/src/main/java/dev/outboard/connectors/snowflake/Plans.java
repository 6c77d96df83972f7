package dev.outboard.connectors.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Plan;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** {@code EXPLAIN}: Snowflake compiles the statement and runs nothing. */
final class Plans {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Plans() {}

    static Plan of(SqlApi api, SqlApi.Caller caller, Job job) throws IOException, InterruptedException, UserFault {
        var query = new Query("explain using json " + job.query().sql(), job.query().binds());
        var answer = api.ask(caller, Meta.written(Bodies.of(job.meta(), query)));
        var body = answer.body();
        if (answer.status() == 422 && !answer.code().isEmpty()) {
            return new Plan.Refused(SqlErrors.of(answer.code(), answer.message(), job.meta()));
        }
        if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429) {
            return new Plan.Refused(SqlErrors.refused(answer, job.meta(), job.pointer()));
        }
        if (answer.status() != 200 || body == null || body.data().isEmpty()) {
            throw new IOException("Snowflake does not explain the statement: " + answer.told());
        }
        return new Plan.Feasible(statistics(String.valueOf(body.data().getFirst().getFirst())));
    }

    private static LinkedHashMap<String, @Nullable Object> statistics(String json) throws IOException {
        var info = new LinkedHashMap<String, @Nullable Object>();
        try {
            var global = JSON.readTree(json).path("GlobalStats");
            info.put("bytes", global.path("bytesAssigned").asLong());
            info.put("partitions", global.path("partitionsAssigned").asLong());
            info.put("partitionsTotal", global.path("partitionsTotal").asLong());
            return info;
        } catch (JsonProcessingException e) {
            throw new IOException("Snowflake explains the statement in another form", e);
        }
    }
}
