package dev.outboard.api.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly: UTF-8, no member twice, bounded nesting, nothing after the end. */
public final class JsonText {
    /** Objects and arrays inside each other. */
    public static final int MAX_DEPTH = 64;
    private static final int MAX_NAME = 2048;
    // decimals as BigDecimal: an int64 may be written 9007199254740993.0
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_NAME).build())
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JsonText() {}

    /**
     * The document in these bytes.
     *
     * @throws Undecodable of kind MALFORMED, with line and column
     */
    public static JsonNode read(byte[] body) throws Undecodable {
        var text = utf8(body);
        if (text.isBlank()) {
            throw Undecodable.malformed("the body is empty");
        }
        try (var parser = MAPPER.createParser(text)) {
            return read(parser);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be closed", e);
        }
    }

    private static JsonNode read(JsonParser parser) throws Undecodable {
        try {
            JsonNode root = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw Undecodable.malformed("the text goes on after its end, at " + place(parser));
            }
            return root;
        } catch (JsonEOFException e) {
            throw Undecodable.malformed("the text breaks off at " + place(parser));
        } catch (StreamConstraintsException e) {
            throw Undecodable.malformed("the text goes beyond a limit at " + place(parser) + ": at most " + MAX_DEPTH
                    + " objects and arrays inside each other, names of " + MAX_NAME
                    + " and numbers of 1000 characters");
        } catch (MismatchedInputException e) {
            throw Undecodable.malformed("an object has the same member twice, seen at " + place(parser));
        } catch (IOException | NumberFormatException e) {
            throw Undecodable.malformed("the text is not JSON near " + place(parser));
        }
    }

    private static String place(JsonParser parser) {
        var location = parser.currentLocation();
        return place(location.getLineNr(), location.getColumnNr());
    }

    private static String place(long line, long column) {
        return "line " + line + ", column " + column;
    }

    private static String utf8(byte[] body) throws Undecodable {
        var chars = CharBuffer.allocate(body.length);
        var result = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(body), chars, true);
        var text = chars.flip().toString();
        if (result.isError()) {
            long line = text.chars().filter(c -> c == '\n').count() + 1;
            throw Undecodable
                    .malformed("the text is not UTF-8 from " + place(line, text.length() - text.lastIndexOf('\n'))
                            + " on");
        }
        return text;
    }
}
