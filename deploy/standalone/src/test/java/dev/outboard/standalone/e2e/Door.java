package dev.outboard.standalone.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The RFC door of a running stack. */
record Door(String url) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer: status, JSON body, and how long the server asks to wait. */
    record Answer(int status, JsonNode body, String retryAfter) {}

    Answer put(String taskType, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/plugins/v1/" + taskType + "/v0"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    Answer poll(String taskType, String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/plugins/v1/" + taskType + "/v0?resource_id=" + id)));
    }

    Answer delete(String taskType, String id) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url + "/plugins/v1/" + taskType + "/v0?resource_id=" + id)).DELETE());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(),
                BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()),
                answer.headers().firstValue("Retry-After").orElse(""));
    }
}
