package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.TableReference;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StructuredDataset;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job's resource says. {@code errorResult} alone decides whether it failed: {@code errors} holds warnings too. */
final class States {
    private static final int MAX_MORE = 5;

    private States() {}

    /** @throws IOException if it says nothing */
    static PollResult of(Job job, JobHandle handle) throws IOException {
        var status = job.getStatus();
        if (status == null || status.getState() == null) {
            throw new IOException("BigQuery's answer tells no state");
        }
        return switch (status.getState()) {
            case "DONE" -> ended(job, status.getErrorResult(), handle);
            case "PENDING" -> running(true, "PENDING");
            // a state that is new to us is none of those in which a job has ended
            default -> running(false, status.getState());
        };
    }

    private static PollResult running(boolean queued, String state) {
        return new PollResult.Running(queued, state, null, List.of(), Map.of(), null);
    }

    private static PollResult ended(Job job, @Nullable ErrorProto error, JobHandle handle) {
        if (error == null) {
            return new PollResult.Succeeded(outputs(job), Statistics.of(job), handle.links());
        }
        var reason = error.getReason() == null ? "" : error.getReason();
        var said = error.getMessage() == null ? "" : error.getMessage();
        return Reasons.cancelled(reason, said)
                ? new PollResult.Cancelled()
                : new PollResult.Failed(
                        Reasons.error(reason, told(job, error, said), handle.reference(), handle.link()),
                        Statistics.of(job), handle.links());
    }

    /** Where the rows are: the table that was asked for, or the one that BigQuery keeps a result in for a day. */
    private static Map<String, @Nullable Object> outputs(Job job) {
        var configuration = job.getConfiguration();
        var query = configuration == null ? null : configuration.getQuery();
        var table = query == null ? null : query.getDestinationTable();
        return table == null ? Map.of() : Map.of(JobSpec.OUTPUT, new StructuredDataset(uri(table), ""));
    }

    private static String uri(TableReference table) {
        return "bq://" + table.getProjectId() + ":" + table.getDatasetId() + "." + table.getTableId();
    }

    /** The error with its place, and what else went wrong. */
    private static String told(Job job, ErrorProto error, String said) {
        var told = new StringBuilder(said.isEmpty() ? "BigQuery gives no message" : said);
        var place = error.getLocation();
        if (place != null && !place.isEmpty() && !place.equals("query")) {
            told.append(" (at ").append(place).append(')');
        }
        var errors = job.getStatus().getErrors();
        if (errors != null) {
            errors.stream()
                    .map(ErrorProto::getMessage)
                    .filter(message -> message != null && !message.equals(error.getMessage()))
                    .distinct()
                    .limit(MAX_MORE)
                    .forEach(message -> told.append("; ").append(message));
        }
        return told.toString();
    }
}
