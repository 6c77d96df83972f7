package dev.outboard.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A careful connector over the job service, for any guarantee; made less careful by overriding what it is careful of. */
class ServiceConnector implements Connector {
    static final ObjectMapper JSON = new ObjectMapper();

    final Guarantee guarantee;
    ConnectorContext context;
    HttpClient client;

    ServiceConnector(Guarantee guarantee) {
        this.guarantee = guarantee;
    }

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Service", "1", Map.of("command", Set.of(0)), guarantee, false, 100,
                Duration.ofSeconds(10), true, 100);
    }

    @Override
    public void open(ConnectorContext context) {
        this.context = context;
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    String command(CreateRequest request) {
        return String.valueOf(request.template().custom().get("command"));
    }

    Map<String, Object> body(CreateRequest request) {
        var body = new HashMap<String, Object>();
        body.put("command", command(request));
        switch (guarantee) {
            case ADOPT -> body.put("id", request.key());
            case TOKEN -> body.put("token", request.key());
            case SEARCH, NONE -> {
            }
        }
        body.put("labels", Map.of("installation", request.installation(), "type", request.template().type(), "job",
                request.jobId(), "key", request.key()));
        return body;
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        var answer = send("POST", "/jobs", body(request), request.secrets());
        return switch (answer.statusCode()) {
            case 200 -> new CreateResult.Adopted(handle(json(answer)), links(json(answer)));
            case 201 -> new CreateResult.Created(handle(json(answer)), links(json(answer)));
            case 409 -> adopt(request);
            case 429 -> new CreateResult.Retry(after(answer), "the service asks for patience");
            case 400 -> new CreateResult.Rejected(TaskError.user("Refused", json(answer).path("message").asText()));
            default -> throw trouble(answer);
        };
    }

    CreateResult adopt(CreateRequest request) throws Exception {
        var there = json(send("GET", "/jobs/" + request.key(), Map.of(), request.secrets()));
        return there.path("command").asText().equals(command(request))
                ? new CreateResult.Adopted(handle(there), links(there))
                : new CreateResult.Rejected(TaskError.system("KeyTaken",
                        "another job is there under this job's key", false));
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        return told(send("GET", "/jobs/" + handle.value(), Map.of(), secrets));
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        return told(send("POST", "/jobs/" + handle.value() + "/cancel", Map.of(), secrets));
    }

    PollResult told(HttpResponse<String> answer) throws IOException {
        return switch (answer.statusCode()) {
            case 200 -> state(json(answer));
            case 404 -> new PollResult.Gone();
            case 429 -> new PollResult.Retry(after(answer), "the service asks for patience");
            default -> throw trouble(answer);
        };
    }

    PollResult state(JsonNode job) throws IOException {
        return switch (job.path("state").asText()) {
            case "SUCCEEDED" ->
                new PollResult.Succeeded(Map.of("result", job.path("result").asText()), Map.of(), links(job));
            case "CANCELLED" -> new PollResult.Cancelled();
            case "" -> throw new IOException("the service told no state");
            default -> PollResult.Running.plain();
        };
    }

    @Override
    public Optional<Handle> find(CreateRequest request) throws Exception {
        if (guarantee != Guarantee.SEARCH) {
            return Optional.empty();
        }
        var answer = send("GET", "/jobs?label=key:" + request.key(), Map.of(), request.secrets());
        if (answer.statusCode() != 200) {
            throw trouble(answer);
        }
        return Optional.ofNullable(json(answer).path("jobs").get(0)).map(this::handle);
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
        context.budget().take(account);
        var answer = send("GET", since == null ? "/jobs" : "/jobs?since=" + since.toEpochMilli(), Map.of(),
                context.secrets());
        if (answer.statusCode() != 200) {
            throw trouble(answer);
        }
        var told = new HashMap<Handle, PollResult>();
        for (var job : json(answer).path("jobs")) {
            if (handles.contains(handle(job))) {
                told.put(handle(job), state(job));
            }
        }
        return new Batch(told, since != null, Instant.ofEpochMilli(json(answer).path("asOf").asLong()));
    }

    @Override
    public ListResult list(String installation) throws Exception {
        context.budget().take("");
        var answer = send("GET", "/jobs?label=installation:" + installation, Map.of(), context.secrets());
        if (answer.statusCode() != 200) {
            throw trouble(answer);
        }
        var jobs = new ArrayList<ExternalJob>();
        for (var job : json(answer).path("jobs")) {
            var labels = job.path("labels");
            jobs.add(new ExternalJob(labels.path("type").asText(), labels.path("job").asText(),
                    labels.path("key").asText(), handle(job), state(job) instanceof PollResult.Running,
                    Instant.ofEpochMilli(job.path("createdAt").asLong())));
        }
        return new ListResult.Listed(jobs);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** What requests show. */
    String apiKey(SecretReader secrets) throws IOException, InterruptedException {
        return secrets.read("api-key").orElseThrow();
    }

    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(context.settings().get("endpoint") + path))
                .header("Authorization", "Bearer " + apiKey(secrets))
                .method(method, BodyPublishers.ofString(body.isEmpty() ? "" : JSON.writeValueAsString(body)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** No JSON, or half of it, is an IOException. */
    JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    Handle handle(JsonNode job) {
        return new Handle(1, job.path("id").asText());
    }

    List<Link> links(JsonNode job) {
        return List.of(new Link("Job", "https://service.example/jobs/" + job.path("id").asText()));
    }

    Duration after(HttpResponse<String> answer) {
        return Duration.ofSeconds(answer.headers().firstValueAsLong("Retry-After").orElse(5));
    }

    IOException trouble(HttpResponse<String> answer) {
        return new IOException("the service answered " + answer.statusCode());
    }
}
