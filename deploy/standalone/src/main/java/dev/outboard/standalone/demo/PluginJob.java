package dev.outboard.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;

/** One job, driven over the RFC door as propeller would: PUT, then GET until its end. */
final class PluginJob {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAUSE_MILLIS = 150;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String path;
    private String id = "";

    PluginJob(String url, String taskType) {
        this.url = url;
        path = "/plugins/v1/" + taskType + "/v0";
    }

    String path() {
        return path;
    }

    String id() {
        return id;
    }

    /** Hands the example of this name over. */
    void create(String example) throws IOException, InterruptedException {
        try (var body = PluginJob.class.getResourceAsStream("/examples/" + example)) {
            if (body == null) {
                throw new UncheckedIOException(new IOException("the example " + example + " is not in the build"));
            }
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofByteArray(body.readAllBytes()));
            id = send(request).path("job_id").asText();
        }
    }

    /** Tells each change of what a poll shows; returns the last answer. */
    JsonNode await(Consumer<String> told) throws IOException, InterruptedException {
        var said = "";
        while (true) {
            var seen = send(HttpRequest.newBuilder(URI.create(url + path + "?resource_id=" + id)));
            var line = line(seen);
            if (!line.equals(said)) {
                told.accept(line);
                said = line;
            }
            if (!seen.path("job_state").asText().equals("running")) {
                return seen;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static String line(JsonNode seen) {
        var line = String.format("%-8s %-12s", seen.path("job_state").asText(), seen.path("phase").asText());
        return seen.has("progress")
                ? line + String.format(" %3.0f %%", 100 * seen.path("progress").asDouble())
                : line.stripTrailing();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        var body = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + body.path("detail").asText());
        }
        return body;
    }
}
