package dev.outboard.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads Server-Sent Events. One thread reads.
 *
 * @param chunks what streams in; null where another answer came
 * @param body that answer's; null where events stream
 */
record Events(@Nullable Chunks chunks, byte @Nullable [] body) implements AutoCloseable {
    static final String TYPE = "text/event-stream";
    private static final int LARGEST_LINE = 16 << 20;

    /**
     * What a block of lines said.
     *
     * @param id null where it names none
     * @param type {@code message} where it names none
     * @param data empty where there is none, as in a comment or a setting
     * @param retry how long to wait before the next connection, or null
     */
    record Event(@Nullable String id, String type, String data, @Nullable Duration retry) {}

    static BodyHandler<Events> reader() {
        return info -> {
            var streams = info.statusCode() == 200
                    && info.headers().firstValue("Content-Type").orElse("").startsWith(TYPE);
            if (!streams) {
                return BodySubscribers.mapping(
                        BodySubscribers.limiting(BodySubscribers.ofByteArray(), Exchange.LARGEST_BODY),
                        bytes -> new Events(null, bytes));
            }
            return BodySubscribers.mapping(BodySubscribers.ofPublisher(), publisher -> {
                var chunks = new Chunks();
                publisher.subscribe(chunks);
                return new Events(chunks, null);
            });
        };
    }

    /**
     * The next event, or null when the server has ended the stream.
     *
     * @param idle how long nothing at all may come; comments count as something
     * @throws IOException if the connection is lost, or nothing came for that long
     */
    @Nullable
    Event next(Duration idle) throws IOException, InterruptedException {
        String id = null;
        var type = "message";
        var data = new StringBuilder();
        Duration retry = null;
        while (true) {
            var line = line(idle);
            if (line == null) {
                return null; // what was not ended by an empty line does not count
            }
            if (line.isEmpty()) {
                return new Event(id, type, data.toString(), retry);
            }
            var colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "id" -> id = value;
                case "event" -> type = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                case "retry" -> retry = value.matches("\\d{1,6}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
                default -> {
                    // a comment, or a field of a later server
                }
            }
        }
    }

    private @Nullable String line(Duration idle) throws IOException, InterruptedException {
        if (chunks == null) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        for (int next = chunks.read(idle); next >= 0; next = chunks.read(idle)) {
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
            }
            if (line.size() >= LARGEST_LINE) {
                throw new IOException("a line of events is too long");
            }
            line.write(next);
        }
        return null;
    }

    @Override
    public void close() {
        if (chunks != null) {
            chunks.close();
        }
    }
}
