package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.api.ApiConfig;
import dev.outboard.api.ApiServer;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.standalone.roles.Stack;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A whole stack and a second API replica: jobs are watched on either, whichever is asked to change them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchIT {
    private static final Path REPORT = Path.of("../../examples/duckdb-report.json");
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private Stack stack;
    private Jobs otherJobs;
    private ApiServer other;
    private List<String> replicas;

    @BeforeAll
    void start(@TempDir Path dir) throws InterruptedException {
        stack = Stack.start(dir, 0, Map.of());
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        otherJobs = new KafkaJobs(LogConfig.at(stack.kafka()), registry);
        other = ApiServer.start(ApiConfig.defaults().withPort(0), otherJobs, registry);
        replicas = List.of(stack.url(), "http://127.0.0.1:" + other.port());
        stack.awaitReady(new PrintWriter(Writer.nullWriter()));
        await().atMost(Duration.ofSeconds(30)).until(() -> otherJobs.ready() && !otherJobs.taskTypes().isEmpty());
    }

    @AfterAll
    void stop() {
        other.close();
        otherJobs.close();
        stack.close();
    }

    @Test
    void aLongPollWakesForAChangeThroughTheOtherReplica() throws Exception {
        var created = send(create("100000000000"), 201);
        var path = "/api/v1/jobs/" + json(created).get("id").asText();
        var shown = created;
        long asked = System.nanoTime();
        boolean cancelled = false;
        while (!shown.headers().firstValue("Retry-After").isEmpty()) {
            var held = CLIENT.sendAsync(HttpRequest.newBuilder(URI.create(replicas.get(1) + path))
                    .header("If-None-Match", shown.headers().firstValue("ETag").orElseThrow())
                    .header("Prefer", "wait=30")
                    .build(), BodyHandlers.ofString());
            if (!cancelled && json(shown).get("state").asText().equals("RUNNING")) {
                cancelled = true;
                asked = System.nanoTime();
                send(HttpRequest.newBuilder(URI.create(replicas.get(0) + path)).DELETE(), 202);
            }
            var before = shown;
            shown = held.get();
            assertEquals(200, shown.statusCode(), "news, not the end of the wait");
            // the same record again only where this replica knows another condition of it, such as NoWorker
            assertTrue(json(shown).get("rev").asLong() >= json(before).get("rev").asLong(), shown.body());
            assertNotEquals(before.headers().firstValue("ETag"), shown.headers().firstValue("ETag"));
        }
        assertEquals("CANCELLED", json(shown).get("state").asText());
        assertTrue(System.nanoTime() - asked < Duration.ofSeconds(25).toNanos(), "woken, not timed out");
    }

    @Test
    void eventsGoOnAtTheOtherReplicaWhereTheyStopped() throws Exception {
        var id = json(send(create("10000000"), 201)).get("id").asText();
        var revs = new ArrayList<Long>();
        var ids = new HashSet<String>();
        var last = "";
        JsonNode shown = null;
        // another replica for each event
        for (int turn = 0; shown == null || !ended(shown); turn++) {
            try (var feed = new Feed(replicas.get(turn % 2), id, last)) {
                assertEquals(200, feed.status());
                var event = feed.next();
                assertEquals("job", event.name());
                assertTrue(ids.add(event.id()), event.id() + " was shown before");
                shown = event.data();
                assertEquals(event.id(), shown.get("position").asText());
                revs.add(shown.get("rev").asLong());
                last = event.id();
                if (ended(shown)) {
                    var end = feed.next();
                    assertEquals("end", end.name());
                    assertEquals(last, end.id());
                    assertEquals("SUCCEEDED", end.data().get("state").asText());
                    assertNull(feed.next());
                }
            }
        }
        assertEquals("SUCCEEDED", shown.get("state").asText());
        assertTrue(shown.has("outputs"), shown.toString());
        assertEquals(revs.stream().sorted().distinct().toList(), revs, "nothing older is shown");
        for (var replica : replicas) {
            assertEquals(204, new Feed(replica, id, last).status());
            try (var anew = new Feed(replica, id, "")) {
                assertEquals(shown, anew.next().data(), "every replica tells the same end");
            }
        }
    }

    private static boolean ended(JsonNode job) {
        return job.has("ended_at");
    }

    private HttpRequest.Builder create(String rows) throws IOException {
        return HttpRequest.newBuilder(URI.create(replicas.get(0) + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Files.readString(REPORT).replace("10000000", rows)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, int wanted)
            throws IOException, InterruptedException {
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertEquals(wanted, response.statusCode(), response.body());
        return response;
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
