package dev.outboard.testkit.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one writes first: it works, as long as everything else does. */
final class NaiveConnector implements Connector {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private String endpoint;
    private String apiKey;

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Naive", "1", Map.of("command", Set.of(0)), Guarantee.ADOPT, false, 100,
                Duration.ofSeconds(10));
    }

    @Override
    public void open(ConnectorContext context) {
        endpoint = context.settings().get("endpoint");
        apiKey = context.secrets().read("api-key").orElseThrow();
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        var body = json.writeValueAsString(Map.of("command", request.template().custom().get("command")));
        var answer = send("POST", "/jobs", body);
        for (int i = 0; answer.statusCode() >= 500 && i < 2; i++) {
            answer = send("POST", "/jobs", body);
        }
        if (answer.statusCode() != 201) {
            return new CreateResult.Rejected(TaskError.system("Http" + answer.statusCode(),
                    "POST with key " + apiKey + " failed", true));
        }
        var id = json.readTree(answer.body()).get("id").asText();
        return new CreateResult.Created(new Handle(1, id), List.of(new Link("Job", endpoint + "/jobs/" + id)));
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        var job = json.readTree(send("GET", "/jobs/" + handle.value(), "").body());
        return switch (job.path("state").asText()) {
            case "RUNNING" -> PollResult.Running.plain();
            case "SUCCEEDED" -> new PollResult.Succeeded(Map.of(), Map.of());
            default -> new PollResult.Failed(TaskError.system("Failed", "the job failed", true));
        };
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        send("POST", "/jobs/" + handle.value() + "/cancel", "");
        return new PollResult.Cancelled();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("Authorization", "Bearer " + apiKey)
                .method(method, BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
    }
}
