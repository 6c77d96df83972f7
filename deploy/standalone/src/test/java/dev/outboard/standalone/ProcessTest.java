package dev.outboard.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals and what reaches the console. */
class ProcessTest {
    @TempDir
    Path dir;

    @Test
    void theBrokerIsQuietAndStopsOnCtrlC() throws Exception {
        var broker = start("broker", "--data", dir.resolve("data").toString(), "--port", "0");
        try (var out = broker.inputReader()) {
            var ready = out.readLine();
            assertTrue(ready.matches("broker ready on 127.0.0.1:\\d+, data in .*data"), ready);
            interrupt(broker);
            assertEquals(130, exitOf(broker));
            var told = broker.errorReader().readAllLines();
            // a machine under load may make Kafka warn in between
            assertTrue(told.getFirst().startsWith("next: ./outboard api --kafka 127.0.0.1:") && told.containsAll(
                    List.of("stopping", "stopped")), told.toString());
            assertTrue(told.stream().noneMatch(line -> line.contains("SLF4J") || line.contains("Log4j")),
                    told.toString());
        } finally {
            broker.destroyForcibly();
        }
    }

    @Test
    void aWorkerShowsHealthAndMetricsAndWritesNothingButJson() throws Exception {
        // nobody listens there: it waits for Kafka, and says so
        var command = command("worker", "--kafka", "127.0.0.1:1", "--ops-port", "0", "--data",
                dir.resolve("data").toString());
        command.environment().put("OUTBOARD_LOG_FORMAT", "json");
        var worker = command.start();
        try (var err = worker.errorReader()) {
            var messages = new ArrayList<String>();
            var loggers = new HashSet<String>();
            while (messages.stream().noneMatch(said -> said.startsWith("health and metrics on"))
                    || !loggers.contains("dev.outboard.dispatcher.lane.LaneRunner")) {
                var line = new ObjectMapper().readTree(err.readLine());
                messages.add(line.path("message").asText());
                loggers.add(line.path("logger").asText());
            }
            var url = messages.stream()
                    .filter(said -> said.startsWith("health and metrics on"))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst(".* on ", "");
            assertEquals(200, get(url + "/health/live").statusCode());
            var ready = get(url + "/health/ready");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("duckdb"), "says which lane is not ready: " + ready.body());
            var metrics = get(url + "/metrics").body();
            assertTrue(metrics.contains("outboard_lane_status{status=\"starting\",task_type=\"duckdb\"} 1"), metrics);
            assertTrue(metrics.contains("jvm_threads_virtual_carriers"), metrics);
            interrupt(worker);
            assertEquals(130, exitOf(worker));
            for (var line = err.readLine(); line != null; line = err.readLine()) {
                assertTrue(new ObjectMapper().readTree(line).has("message"), line);
            }
        } finally {
            worker.destroyForcibly();
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void ctrlCDuringRunSaysThatTheJobGoesOn() throws Exception {
        var file = Files.writeString(dir.resolve("job.json"), "{}").toString();
        assertEquals(List.of("job j1", "RUNNING", "no longer watching; job j1 goes on",
                "next: stop it with ./outboard cancel j1, or see it with ./outboard get j1"),
                interrupted("run", "-f", file));
    }

    @Test
    void ctrlCDuringGetAndWaitSaysThatTheJobsGoOn() throws Exception {
        assertEquals(List.of("no longer watching; job j1 goes on",
                "next: stop it with ./outboard cancel j1, or see it with ./outboard get j1"),
                interrupted("get", "j1", "--watch"));
        assertEquals(List.of("no longer watching; the jobs go on",
                "next: stop them with ./outboard cancel j1 j2, or see them with ./outboard list"),
                interrupted("wait", "j1", "j2"));
    }

    /** What the verb says on standard error when Ctrl-C comes while its job runs. */
    private static List<String> interrupted(String... verb) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var polls = new CountDownLatch(4); // by then it surely follows the job
        server.createContext("/", exchange -> {
            polls.countDown();
            var body = "{\"id\":\"j1\",\"state\":\"RUNNING\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var args = new ArrayList<>(List.of(verb));
        args.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort()));
        var process = start(args.toArray(String[]::new));
        try (var err = process.errorReader()) {
            assertTrue(polls.await(30, TimeUnit.SECONDS),
                    "asked for the job no more than " + (4 - polls.getCount()) + " times");
            interrupt(process);
            assertEquals(130, exitOf(process));
            return err.readAllLines();
        } finally {
            process.destroyForcibly();
            server.stop(0);
        }
    }

    private static Process start(String... args) throws IOException {
        return command(args).start();
    }

    private static ProcessBuilder command(String... args) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }

    private static int exitOf(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "did not end within 30 s");
        return process.exitValue();
    }
}
