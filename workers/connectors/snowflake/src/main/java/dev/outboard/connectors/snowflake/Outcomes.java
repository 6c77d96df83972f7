package dev.outboard.connectors.snowflake;

import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What an answer, or a line of the history, says of a statement. */
final class Outcomes {
    private Outcomes() {}

    /**
     * @return null if Snowflake does not know the statement by its handle
     * @throws IOException if the answer says nothing of the statement
     */
    static @Nullable PollResult polled(Answer answer, Meta meta) throws IOException {
        return switch (answer.status()) {
            case 200 -> succeeded(meta, rows(answer));
            // it does not tell what is queued from what runs
            case 202 -> new PollResult.Running(false, null, null, meta.links(), Map.of(), null);
            case 408 -> failed(answer.code().isEmpty() ? "000630" : answer.code(), answer.message(), meta);
            case 422 -> answer.code().equals(SqlErrors.NOT_FOUND) ? null : ended(answer, meta);
            case 429 -> new PollResult.Retry(patience(answer), "Snowflake answers too many requests");
            default -> throw new IOException("Snowflake does not tell of the query: " + answer.told());
        };
    }

    private static PollResult ended(Answer answer, Meta meta) throws IOException {
        if (answer.code().isEmpty()) {
            throw new IOException("Snowflake does not tell why the query failed: " + answer.told());
        }
        return failed(answer.code(), answer.message(), meta);
    }

    /** A result's rows, or those that were changed. */
    private static long rows(Answer answer) {
        var body = answer.body();
        var changed = body == null ? null : body.changed();
        return changed != null ? changed : body == null ? 0 : body.rows();
    }

    static PollResult line(History.Line line, Meta meta) {
        var message = line.message();
        return switch (line.status().toUpperCase(Locale.ROOT)) {
            case "SUCCESS" -> succeeded(meta, line.rows());
            case "FAILED_WITH_ERROR" -> failed(line.code(), message, meta);
            case "FAILED_WITH_INCIDENT" -> failed(line.code().isEmpty() ? "000603" : line.code(), message, meta);
            case "ABORTED" -> new PollResult.Cancelled();
            case "RUNNING" -> new PollResult.Running(false, null, null, meta.links(), Map.of(), null);
            case "QUEUED", "RESUMING_WAREHOUSE", "QUEUED_REPARING_WAREHOUSE", "QUEUED_REPAIRING_WAREHOUSE", "NO_DATA" ->
                running(true, line, meta);
            // BLOCKED, ABORTING, RESTARTED, DISCONNECTED, and what nobody has heard of: no end
            default -> running(false, line, meta);
        };
    }

    private static PollResult running(boolean queued, History.Line line, Meta meta) {
        return new PollResult.Running(queued, line.status().toLowerCase(Locale.ROOT).replace('_', ' '), null,
                meta.links(), Map.of(), null);
    }

    private static PollResult succeeded(Meta meta, long rows) {
        return new PollResult.Succeeded(meta.outputs(), info(meta, rows), meta.links());
    }

    private static PollResult failed(String code, String message, Meta meta) {
        return SqlErrors.filled(code).equals(SqlErrors.CANCELLED)
                ? new PollResult.Cancelled()
                : new PollResult.Failed(SqlErrors.of(code, message, meta), info(meta, null), meta.links());
    }

    private static Map<String, @Nullable Object> info(Meta meta, @Nullable Long rows) {
        var info = new LinkedHashMap<String, @Nullable Object>();
        info.put("queryId", meta.queryId());
        if (rows != null) {
            info.put("rows", rows);
        }
        return info;
    }

    /** What it asks for; else a few seconds, not the same for all. */
    static Duration patience(Answer answer) {
        var told = answer.retryAfter();
        return told != null && told.isPositive()
                ? told
                : Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000, 4_000));
    }
}
