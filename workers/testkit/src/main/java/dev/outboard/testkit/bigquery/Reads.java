package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads results and tables. */
final class Reads {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ROWS = 10_000;
    private static final int MAX_WAIT_MS = 10_000;

    private final Engine engine;
    private final Book book;

    Reads(Engine engine, Book book) {
        this.engine = engine;
        this.book = book;
    }

    /** {@code jobs.getQueryResults}: waits for the end of the query. */
    Reply results(SimJob job, Request request) throws Wrong, SQLException, InterruptedException {
        long wait = Math.min(number(request, "timeoutMs", MAX_WAIT_MS), MAX_WAIT_MS);
        long end = System.nanoTime() + wait * 1_000_000;
        while (!done(job) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        var reply = JobJson.object().put("kind", "bigquery#getQueryResultsResponse");
        reply.set("jobReference", book.show(job).get("jobReference"));
        reply.put("jobComplete", done(job));
        var failure = job.failure();
        if (failure != null) {
            throw new Wrong(400, failure.reason(), failure.message());
        }
        var table = job.run().result();
        if (done(job) && table != null) {
            rows(reply, table, request, true);
        }
        return Reply.json(200, reply);
    }

    private boolean done(SimJob job) {
        return book.show(job).path("status").path("state").asText().equals("DONE");
    }

    Reply data(Table table, Request request) throws Wrong, SQLException {
        return Reply.json(200, rows(JobJson.object().put("kind", "bigquery#tableDataList"), table, request, false));
    }

    private ObjectNode rows(ObjectNode reply, Table table, Request request, boolean schema) throws Wrong, SQLException {
        var token = request.query("pageToken");
        long from = token == null ? number(request, "startIndex", 0) : Long.parseLong(token);
        long count = Math.min(number(request, "maxResults", MAX_ROWS), MAX_ROWS);
        var rows = there(engine.read(table, from, count), table);
        long total = engine.count(table);
        reply.put("totalRows", String.valueOf(total));
        if (schema) {
            reply.set("schema", JSON.valueToTree(java.util.Map.of("fields", rows.fields())));
        }
        if (!rows.rows().isEmpty()) {
            reply.set("rows", JSON.valueToTree(rows.rows()));
        }
        if (count > 0 && from + count < total) {
            reply.put("pageToken", String.valueOf(from + count));
        }
        return reply;
    }

    /** {@code tables.get}. */
    Reply table(Table table) throws Wrong, SQLException {
        var rows = there(engine.read(table, 0, 0), table);
        var reply = JobJson.object().put("kind", "bigquery#table").put("id", table.toString()).put("type", "TABLE");
        reply.put("numRows", String.valueOf(engine.count(table)));
        reply.set("tableReference", JobJson.object()
                .put("projectId", table.project())
                .put("datasetId", table.dataset())
                .put("tableId", table.name()));
        reply.set("schema", JSON.valueToTree(java.util.Map.of("fields", rows.fields())));
        return Reply.json(200, reply);
    }

    private static Rows there(@Nullable Rows rows, Table table) throws Wrong {
        if (rows == null) {
            throw Wrong.notFound("Table " + table);
        }
        return rows;
    }

    private static long number(Request request, String name, long unless) {
        var text = request.query(name);
        return text == null ? unless : Long.parseLong(text);
    }
}
