package dev.outboard.connectors.snowflake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads answers as they stream in: a poll's may carry megabytes of a result that nobody asked for. */
final class AnswerReader {
    private static final long LONGEST = 64L << 20;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(LONGEST).build())
            .build();

    private AnswerReader() {}

    /** @throws IOException if it is no JSON object, or breaks off */
    static Answer.Body read(InputStream raw, boolean packed, boolean wanted) throws IOException {
        try (var in = packed ? new GZIPInputStream(raw) : raw; var parser = JSON.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            var texts = new HashMap<String, String>();
            var meta = new long[]{0, 1};
            Long changed = null;
            List<List<@Nullable String>> data = List.of();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                switch (name) {
                    case "resultSetMetaData" -> meta(parser, meta);
                    case "stats" -> changed = stats(parser);
                    case "data" -> {
                        if (wanted && token == JsonToken.START_ARRAY) {
                            data = rows(parser);
                        } else {
                            parser.skipChildren();
                        }
                    }
                    default -> {
                        if (token.isScalarValue()) {
                            texts.put(name, parser.getText());
                        } else {
                            parser.skipChildren();
                        }
                    }
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("it breaks off");
            }
            return body(texts, meta, changed, data);
        }
    }

    private static Answer.Body body(Map<String, String> texts, long[] meta, @Nullable Long changed,
            List<List<@Nullable String>> data) {
        return new Answer.Body(texts.getOrDefault("code", ""), texts.getOrDefault("message", ""),
                texts.getOrDefault("statementHandle", ""), meta[0], changed, (int) meta[1], data);
    }

    /** The number of rows and of partitions. */
    private static void meta(JsonParser parser, long[] meta) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("numRows") && token == JsonToken.VALUE_NUMBER_INT) {
                meta[0] = parser.getLongValue();
            } else if (name.equals("partitionInfo") && token == JsonToken.START_ARRAY) {
                int count = 0;
                while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
                    count++;
                    parser.skipChildren();
                }
                meta[1] = Math.max(1, count);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Long stats(JsonParser parser) throws IOException {
        long changed = 0;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var counts = name.equals("numRowsInserted") || name.equals("numRowsUpdated")
                        || name.equals("numRowsDeleted");
                changed += parser.nextToken() == JsonToken.VALUE_NUMBER_INT && counts ? parser.getLongValue() : 0;
                parser.skipChildren();
            }
        }
        return changed;
    }

    private static List<List<@Nullable String>> rows(JsonParser parser) throws IOException {
        var rows = new ArrayList<List<@Nullable String>>();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            var row = new ArrayList<@Nullable String>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == null) {
                    throw new IOException("it breaks off");
                }
                row.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
            }
            rows.add(row);
        }
        return rows;
    }
}
