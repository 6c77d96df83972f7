package dev.outboard.connectors.bigquery;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON by the client's own library. */
final class Json {
    static final GsonFactory FACTORY = GsonFactory.getDefaultInstance();

    private Json() {}

    static String text(Object value) {
        try {
            return FACTORY.toString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if it is no JSON object; its message tells nothing of the text */
    static GenericJson object(String text) {
        return read(text, GenericJson.class);
    }

    /** @throws IllegalArgumentException if it is none; its message tells nothing of the text */
    static <T> T read(String text, Class<T> type) {
        try {
            var value = FACTORY.fromString(text, type);
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            // its message may quote the text, which may be a secret
        }
        throw new IllegalArgumentException("this is no JSON of a " + type.getSimpleName());
    }
}
