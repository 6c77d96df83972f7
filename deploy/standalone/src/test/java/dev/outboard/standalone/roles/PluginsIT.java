package dev.outboard.standalone.roles;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole stack whose plug-ins come, change and go while jobs run. */
class PluginsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private AcmePlugin plugins;
    private Stack stack;
    private HttpClient client;

    @Test
    void pluginsComeChangeAndGoWhileJobsRun() throws Exception {
        plugins = new AcmePlugin(Files.createDirectories(dir.resolve("plugins")),
                Files.createDirectory(dir.resolve("platform")));
        plugins.make("a", "Alpha", "1.0");
        plugins.make("b", "Beta", "2.0");
        try (var http = HttpClient.newHttpClient();
                var running = Stack.start(dir.resolve("data"), 0, plugins.settings(), List.of(plugins.folder()))) {
            client = http;
            stack = running;
            stack.awaitReady(new PrintWriter(Writer.nullWriter()));
            var first = twoVersionsOfOneLibrary();
            aThirdIsPickedUp(first);
            oneIsReplaced(first);
            aBrokenOneHarmsNothing();
            oneIsRemoved();
        }
    }

    /** @return a job of Alpha's that runs on */
    private String twoVersionsOfOneLibrary() throws Exception {
        var alpha = create("alpha");
        var beta = create("beta");
        awaitMessage(alpha, "seen by 1.0");
        awaitMessage(beta, "seen by 2.0");
        plugins.finish(beta);
        awaitState(beta, "SUCCEEDED");
        return alpha;
    }

    private void aThirdIsPickedUp(String running) throws Exception {
        assertFalse(told("gamma").path("served").asBoolean());
        plugins.elsewhere(dir.resolve("new")).make("c", "Gamma", "3.0");
        Files.move(dir.resolve("new/c"), plugins.folder().resolve("c"));
        await().atMost(LIMIT).until(() -> told("gamma").path("served").asBoolean());
        assertEquals("3.0", told("gamma").at("/connector/version").asText());
        var gamma = create("gamma");
        awaitMessage(gamma, "seen by 3.0");
        plugins.finish(gamma);
        awaitState(gamma, "SUCCEEDED");
        assertEquals("RUNNING", get("/api/v1/jobs/" + running).path("state").asText());
        assertEquals(3, count("loaded"));
    }

    private void oneIsReplaced(String old) throws Exception {
        var loader = loader("Alpha");
        plugins.make("a", "Alpha", "1.1");
        await().atMost(LIMIT).until(() -> told("alpha").at("/connector/version").asText().equals("1.1"));
        assertEquals(1, count("leaving"));
        var fresh = create("alpha");
        awaitMessage(fresh, "seen by 1.1");
        plugins.finish(old);
        awaitState(old, "SUCCEEDED");
        plugins.finish(fresh);
        awaitState(fresh, "SUCCEEDED");
        assertEquals("1.0 1.0", plugins.createdAndEndedBy(old));
        assertEquals("1.1 1.1", plugins.createdAndEndedBy(fresh));
        assertEquals(1, get("/api/v1/jobs/" + old).path("attempt").asInt());
        await().atMost(LIMIT).until(() -> count("leaving") == 0);
        awaitCollected(loader);
    }

    private void aBrokenOneHarmsNothing() throws Exception {
        Files.writeString(Files.createDirectories(plugins.folder().resolve("d")).resolve("half.jar"), "PK");
        await().atMost(LIMIT).until(() -> count("broken") == 1);
        var alpha = create("alpha");
        awaitMessage(alpha, "seen by 1.1");
        plugins.finish(alpha);
        awaitState(alpha, "SUCCEEDED");
    }

    private void oneIsRemoved() throws Exception {
        var loader = loader("Beta");
        var left = create("beta");
        awaitMessage(left, "seen by 2.0");
        DataFolder.remove(plugins.folder().resolve("b"));
        await().atMost(LIMIT).until(() -> count("loaded") == 2 && count("leaving") == 0);
        awaitCollected(loader);
        await().atMost(LIMIT).until(() -> !told("beta").path("served").asBoolean());
        assertFalse(text("/metrics").contains("outboard_lane_status{status=\"running\",task_type=\"beta\"}"),
                "what a lane measured goes with it");
        assertEquals("RUNNING", get("/api/v1/jobs/" + left).path("state").asText(),
                "it waits for a worker that serves it");
        plugins.make("b", "Beta", "2.1");
        awaitMessage(left, "seen by 2.1");
        plugins.finish(left);
        awaitState(left, "SUCCEEDED");
        assertEquals("2.0 2.1", plugins.createdAndEndedBy(left));
    }

    private String create(String taskType) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.url() + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"template\": {\"type\": \"" + taskType + "\"}}"));
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertEquals(201, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    private String text(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(stack.url() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(path));
    }

    private void awaitState(String id, String state) {
        await().atMost(LIMIT).until(() -> get("/api/v1/jobs/" + id).path("state").asText().equals(state));
    }

    private void awaitMessage(String id, String message) {
        await().atMost(LIMIT).until(() -> get("/api/v1/jobs/" + id).path("message").asText().equals(message));
    }

    /** What the API tells of a task type. */
    private JsonNode told(String taskType) throws IOException, InterruptedException {
        for (var type : get("/api/v1/task-types").path("task_types")) {
            if (type.path("task_type").asText().equals(taskType)) {
                return type;
            }
        }
        return new ObjectMapper().createObjectNode();
    }

    private int count(String status) throws IOException, InterruptedException {
        var line = text("/metrics").lines()
                .filter(one -> one.startsWith("outboard_plugins{status=\"" + status))
                .findFirst();
        return (int) Double.parseDouble(line.orElseThrow().split(" ")[1]);
    }

    /** The class loader of a plug-in, which its connector has left where both see it. */
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> loader(String connector) {
        var loader = (WeakReference<ClassLoader>) System.getProperties().remove("acme.loader." + connector);
        assertTrue(loader.get() != null);
        return loader;
    }

    private static void awaitCollected(WeakReference<ClassLoader> loader) {
        await().atMost(LIMIT).untilAsserted(() -> {
            System.gc();
            assertNull(loader.get());
        });
    }
}
