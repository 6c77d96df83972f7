package dev.outboard.standalone.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of one API replica. */
record Http(String url) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The id of a new job. */
    String create(String body) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)), 201);
        return answer.path("id").asText();
    }

    JsonNode get(String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs/" + id)), 200);
    }

    String state(String id) throws IOException, InterruptedException {
        return get(id).path("state").asText();
    }

    /** How many jobs of this task type are in this state. */
    int count(String taskType, String state) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(
                URI.create(url + "/api/v1/jobs?limit=500&task_type=" + taskType + "&state=" + state)), 200)
                .path("jobs")
                .size();
    }

    JsonNode cancel(String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs/" + id)).DELETE(), 202);
    }

    private static JsonNode send(HttpRequest.Builder request, int wanted) throws IOException, InterruptedException {
        var answer = CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != wanted) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
