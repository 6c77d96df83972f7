package dev.outboard.testkit.snowflake;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.testkit.sim.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The API's answers. */
final class Replies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Replies() {}

    static Reply refused(int status, String code, String message) {
        return Reply.json(status, Map.of("code", code, "message", message));
    }

    static Reply running(Statement statement, String code) {
        return Reply.json(202, Map.of("code", code, "message",
                "Asynchronous execution in progress. Use provided query id to perform query monitoring and management.",
                "statementHandle", statement.handle(), "statementStatusUrl", url(statement)));
    }

    static Reply failed(Statement statement, SqlFault fault) {
        int status = fault.code().equals("000630") ? 408 : 422;
        return Reply.json(status, Map.of("code", fault.code(), "sqlState", fault.sqlState(), "message", fault.message(),
                "statementHandle", statement.handle(), "createdOn", statement.createdAt().toEpochMilli()));
    }

    static Reply cancelled(Statement statement) {
        return Reply.json(200,
                Map.of("code", "000604", "message", "successfully canceled statement", "sqlState", "57014",
                        "statementHandle", statement.handle(), "statementStatusUrl", url(statement)));
    }

    static Reply notFound(String handle) {
        return Reply.json(422, Map.of("code", "000709", "sqlState", "02000", "message",
                "Statement " + handle + " not found", "statementHandle", handle));
    }

    /** @param partition the first comes with what describes them all, any other alone and packed */
    static Reply rows(Statement statement, Table table, int partition, int size) {
        int count = Math.max(1, (table.rows().size() + size - 1) / size);
        var data = table.rows()
                .subList(Math.min(table.rows().size(), partition * size),
                        Math.min(table.rows().size(), (partition + 1) * size));
        var reply = partition == 0
                ? Reply.json(200, described(statement, table, data, size, count))
                : packed(Reply.json(200, Map.of("data", data)));
        return count == 1 ? reply : reply.with("Link", links(statement, partition, count));
    }

    private static Map<String, @Nullable Object> described(Statement statement, Table table,
            List<? extends Object> data,
            int size,
            int count) {
        var parts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            int rows = Math.min(size, table.rows().size() - i * size);
            parts.add(Map.of("rowCount", rows, "uncompressedSize", rows * 64));
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("resultSetMetaData", Map.of("numRows", table.rows().size(), "format", "jsonv2", "partitionInfo", parts,
                "rowType", table.columns()));
        body.put("data", data);
        body.put("code", "090001");
        body.put("statementStatusUrl", url(statement));
        body.put("requestId", statement.order().requestId());
        body.put("sqlState", "00000");
        body.put("statementHandle", statement.handle());
        body.put("message", "Statement executed successfully.");
        body.put("createdOn", statement.createdAt().toEpochMilli());
        if (table.stats() != null) {
            body.put("stats", table.stats());
        }
        return body;
    }

    private static String links(Statement statement, int partition, int count) {
        var links = new ArrayList<String>();
        links.add(link(statement, 0, "first"));
        if (partition > 0) {
            links.add(link(statement, partition - 1, "prev"));
        }
        if (partition < count - 1) {
            links.add(link(statement, partition + 1, "next"));
        }
        links.add(link(statement, count - 1, "last"));
        return String.join(",", links);
    }

    private static String link(Statement statement, int partition, String rel) {
        return "</api/v2/statements/" + statement.handle() + "?requestId=" + statement.order().requestId()
                + "&partition=" + partition + ">;rel=\"" + rel + "\"";
    }

    private static String url(Statement statement) {
        return "/api/v2/statements/" + statement.handle() + "?requestId=" + statement.order().requestId();
    }

    private static Reply packed(Reply reply) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(reply.status(), reply.headers(), bytes.toByteArray()).with("Content-Encoding", "gzip");
    }

    /** Null if it is no JSON object. */
    static com.fasterxml.jackson.databind.@Nullable JsonNode object(byte[] body) {
        try {
            var node = JSON.readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (IOException e) {
            return null;
        }
    }
}
