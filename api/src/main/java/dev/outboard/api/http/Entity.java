package dev.outboard.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What an answer carries, as it is and compressed. Safe for many threads; may be sent any number of times. */
public final class Entity {
    /** Below it compression gains nothing that a packet does not hold anyway. */
    private static final int WORTH_IT = 1024;
    private final byte[] plain;
    private volatile byte @Nullable [] gzip;

    private Entity(byte[] plain) {
        this.plain = plain;
    }

    /** JSON in UTF-8, one line. */
    public static Entity json(JsonNode node) {
        return of(Json.bytes(node));
    }

    /** Bytes that are not changed any more. */
    public static Entity of(byte[] bytes) {
        return new Entity(bytes);
    }

    /** The bytes; not to be changed. */
    public byte[] plain() {
        return plain;
    }

    boolean worthCompressing() {
        return plain.length >= WORTH_IT;
    }

    /** Made at the first call. */
    byte[] gzip() {
        var made = gzip;
        if (made == null) {
            made = compressed(plain);
            gzip = made;
        }
        return made;
    }

    private static byte[] compressed(byte[] plain) {
        var bytes = new ByteArrayOutputStream(plain.length / 2);
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return bytes.toByteArray();
    }
}
