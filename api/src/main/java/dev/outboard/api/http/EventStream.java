package dev.outboard.api.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer of server-sent events. Helidon's own sink has no {@code retry}, and none for a client whose Accept names
 * another type. For one thread; every method fails with CloseConnectionException once the client is gone.
 */
public final class EventStream {
    private static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    /** Else nginx collects events until a buffer is full. */
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");
    private static final byte[] RETRY = utf8("retry: 2000\n\n");
    private static final byte[] KEEP_ALIVE = utf8(": keep-alive\n\n");
    private final OutputStream out;

    private EventStream(OutputStream out) {
        this.out = out;
    }

    /** Sets what a HEAD shows. */
    public static void headers(ServerResponse res) {
        res.status(Status.OK_200).header(TYPE).header(Answer.NO_STORE).header(UNBUFFERED);
    }

    /** Begins the answer; it ends with its handler. */
    public static EventStream begin(ServerResponse res) {
        headers(res);
        var stream = new EventStream(res.outputStream());
        stream.write(RETRY);
        return stream;
    }

    /**
     * @param data one line, perhaps with the newline that ends it
     */
    public void event(String id, String name, byte[] data) {
        var event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(utf8("id: " + id + "\nevent: " + name + "\ndata: "));
        event.writeBytes(data);
        event.writeBytes(utf8(data.length > 0 && data[data.length - 1] == '\n' ? "\n" : "\n\n"));
        write(event.toByteArray());
    }

    /** For proxies, and so that a client that is gone is noticed. */
    public void keepAlive() {
        write(KEEP_ALIVE);
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException | UncheckedIOException | ServerConnectionException e) {
            throw new CloseConnectionException("the client went away from its events", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
