package dev.outboard.standalone.roles;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.runtime.Plugins;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.standalone.Cli;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs beyond what the log takes, from a connector to the doors and the disk, through a store that is away for a while. */
class LargeOutputsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int LARGE = 1_000_000;

    /** Each job ends at once, with a megabyte. */
    private static final class Generous implements Connector {
        @Override
        public ConnectorInfo info() {
            return new ConnectorInfo("Generous", "1", Map.of("generous", Set.of(0)), Guarantee.ADOPT, false, 10,
                    Duration.ofSeconds(10));
        }

        @Override
        public CreateResult create(CreateRequest request) {
            return new CreateResult.Created(new Handle(1, request.key()), List.of());
        }

        @Override
        public PollResult poll(Handle handle, SecretReader secrets) {
            return new PollResult.Succeeded(Map.of("text", "x".repeat(LARGE)), Map.of());
        }

        @Override
        public PollResult delete(Handle handle, SecretReader secrets) {
            return new PollResult.Cancelled();
        }
    }

    @TempDir
    Path dir;

    @Test
    void lieUnderThePrefixAndTheJobTellsWhere() throws Exception {
        var folder = Files.createDirectory(dir.toRealPath().resolve("outputs"));
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of());
                var metrics = new Metrics()) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(1);
            try (var api = Api.start(config, ViewLimits.ofHeap(), Api.at("127.0.0.1", 0, List.of()),
                    metrics.registry())) {
                String away;
                try (var _ = worker(config, folder)) {
                    await().atMost(LIMIT).until(() -> api.serves("generous"));
                    isTold(api, ended(api, created(api, "file://" + folder + "/run/1")), folder.resolve("run/1"));
                    isTooLarge(api, "", "output_prefix");
                    isTooLarge(api, "file://" + dir.resolve("elsewhere"), "stores.file.folders");
                    isTooLarge(api, "s3://b/run", "s3: URIs");
                    Files.move(folder, dir.resolve("unmounted"));
                    away = created(api, folder + "/run/2");
                    var told = await().atMost(LIMIT)
                            .until(() -> get(api, away), job -> job.has("conditions"))
                            .path("conditions")
                            .path(0);
                    assertEquals("PlatformUnreachable", told.path("type").asText());
                    assertTrue(told.path("message").asText().contains("the output store file"), told.toString());
                }
                Files.move(dir.resolve("unmounted"), folder);
                // as a worker leaves it that dies between the write and the record
                Files.write(Files.createDirectories(folder.resolve("run/2")).resolve("outputs.pb"), new byte[]{1});
                try (var _ = worker(config, folder)) {
                    isTold(api, ended(api, away), folder.resolve("run/2"));
                }
            }
        }
    }

    private Worker worker(LogConfig config, Path folder) {
        var setup = new WorkerSetup("w1", Map.of("stores.file.folders", folder.toString()), dir.resolve("data"),
                new Secrets(Map.of(), List.of()), Clock.systemUTC(), Duration.ofDays(7));
        return Worker.start(config, Plugins.open(List.of(), List.of(new Generous()), Set.of("generous"), setup),
                ReconcileSchedule.Plan.OFF, null, new SimpleMeterRegistry());
    }

    private static void isTold(Api api, JsonNode job, Path prefix) throws Exception {
        assertEquals("SUCCEEDED", job.path("state").asText(), job.toString());
        var file = prefix.resolve("outputs.pb");
        assertEquals(file, Path.of(URI.create(job.path("outputs_uri").asText())));
        assertEquals(Files.size(file), job.path("outputs_bytes").asLong());
        assertFalse(job.has("outputs"));
        var literals = LiteralMap.parseFrom(Files.readAllBytes(file)).getLiteralsMap();
        assertEquals(LARGE, literals.get("text").getScalar().getPrimitive().getStringValue().length());
        var poll = get(api, "/plugins/v1/generous/v0?resource_id=", job.path("id").asText());
        assertEquals(job.path("outputs_uri"), poll.path("outputs_uri"));
        assertFalse(poll.has("outputs"));
        var shown = Cli.run("get", job.path("id").asText(), "--server", api.url()).out();
        assertTrue(shown.contains("outputs    file://" + file + "  (1.0 MB)\n"), shown);
    }

    private static void isTooLarge(Api api, String prefix, String why) throws Exception {
        var error = ended(api, created(api, prefix)).path("error");
        assertEquals("OutputsTooLarge", error.path("code").asText());
        assertTrue(error.path("message").asText().contains(why), error.toString());
    }

    private static String created(Api api, String prefix) throws IOException, InterruptedException {
        var body = "{\"template\": {\"type\": \"generous\"}, \"output_prefix\": \"" + prefix + "\"}";
        var answer = HTTP.send(HttpRequest.newBuilder(URI.create(api.url() + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
        assertEquals(201, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    private static JsonNode ended(Api api, String id) {
        return await().atMost(LIMIT).until(() -> get(api, id), job -> job.has("ended_at"));
    }

    private static JsonNode get(Api api, String id) throws IOException, InterruptedException {
        return get(api, "/api/v1/jobs/", id);
    }

    private static JsonNode get(Api api, String path, String id) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(
                HTTP.send(HttpRequest.newBuilder(URI.create(api.url() + path + id)).build(), BodyHandlers.ofString())
                        .body());
    }
}
