package dev.outboard.standalone.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;

/** A job's events from one API replica, as a browser would read them. */
final class Feed implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpResponse<Stream<String>> response;
    private final Iterator<String> lines;

    /** One event. */
    record Event(String id, String name, JsonNode data) {}

    /** @param last the id of the last event seen, or empty */
    Feed(String url, String job, String last) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs/" + job + "/events"));
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        response = CLIENT.send(request.build(), BodyHandlers.ofLines());
        lines = response.body().iterator();
    }

    int status() {
        return response.statusCode();
    }

    /** The next event, or null at the stream's end. */
    Event next() throws IOException {
        var id = "";
        var name = "";
        JsonNode data = null;
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.isEmpty() && data != null) {
                return new Event(id, name, data);
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = JSON.readTree(line.substring("data: ".length()));
            }
        }
        return null;
    }

    /** Hangs up. */
    @Override
    public void close() {
        response.body().close();
    }
}
