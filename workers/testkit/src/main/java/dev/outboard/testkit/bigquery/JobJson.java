package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A job as BigQuery shows it; int64 are strings. */
final class JobJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * @param state as shown
     * @param warnings what has gone wrong without making it fail
     */
    static ObjectNode whole(SimJob job, String state, List<String> warnings) {
        var json = object();
        json.put("kind", "bigquery#job").put("id", job.reference()).put("user_email", Tokens.ACCOUNT);
        json.put("etag", String.valueOf(job.number()));
        json.set("configuration", configuration(job));
        json.set("jobReference", object().put("projectId", job.project())
                .put("jobId", job.id())
                .put("location",
                        job.location()));
        boolean done = state.equals("DONE");
        var status = object().put("state", state);
        var failure = job.failure();
        if (done && failure != null) {
            var error = object().put("reason", failure.reason()).put("message", failure.message());
            error.put("location", "query");
            status.set("errorResult", error);
            status.putArray("errors").add(error);
        }
        if (done) {
            warnings.forEach(warning -> status.withArray("errors")
                    .add(object().put("reason", "invalid")
                            .put("message", warning)));
        }
        json.set("status", status);
        json.set("statistics", statistics(job, done, !state.equals("PENDING")));
        return json;
    }

    /** With the table that the rows lie in, as soon as it is there. */
    private static ObjectNode configuration(SimJob job) {
        var configuration = job.configuration().deepCopy();
        var result = job.run().result();
        if (result != null) {
            ((ObjectNode) configuration.get("query")).set("destinationTable", object()
                    .put("projectId", result.project())
                    .put("datasetId", result.dataset())
                    .put("tableId", result.name()));
        }
        return configuration;
    }

    private static JsonNode statistics(SimJob job, boolean done, boolean started) {
        var statistics = object().put("creationTime", millis(job.created()));
        if (started) {
            statistics.put("startTime", millis(job.started()));
        }
        var ended = job.ended();
        if (done && ended != null) {
            var run = job.run();
            statistics.put("endTime", millis(ended));
            statistics.put("totalBytesProcessed", String.valueOf(run.processed()));
            statistics.put("totalSlotMs", String.valueOf(Duration.between(job.started(), ended).toMillis() * 2));
            statistics.put("finalExecutionDurationMs",
                    String.valueOf(Duration.between(job.started(), ended).toMillis()));
            statistics.set("query", query(run));
        }
        return statistics;
    }

    /** {@code statistics.query}. */
    static ObjectNode query(Run run) {
        var query = object().put("statementType", run.verb()).put("cacheHit", false);
        query.put("totalBytesProcessed", String.valueOf(run.processed()));
        query.put("totalBytesBilled", String.valueOf(run.billed()));
        if (run.affected() >= 0) {
            query.put("numDmlAffectedRows", String.valueOf(run.affected()));
        }
        return query;
    }

    private static String millis(Instant time) {
        return String.valueOf(time.toEpochMilli());
    }
}
