package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.outboard.client.FakeServer;
import dev.outboard.standalone.Cli;
import dev.outboard.standalone.cli.show.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the verbs print, to the letter, at 11:03:00. */
class GoldenTest {
    private static final Path TEXTS = Path.of("src/test/resources/cli");
    private static final Surroundings FIXED = new Surroundings(Map.of("XDG_CONFIG_HOME", "/nowhere"),
            InstantSource.fixed(Instant.parse("2026-11-20T11:03:00Z")), InputStream.nullInputStream(), Terminal.NONE);
    private static final List<String> JOBS = List.of("waiting", "running", "succeeded", "cancelled", "failed");

    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String json(String name) throws IOException {
        return Files.readString(TEXTS.resolve(name + ".json"));
    }

    private void check(String name, int exit, String... args) throws IOException {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", server.url()));
        var cli = Cli.run(FIXED, all.toArray(String[]::new));
        assertEquals(exit, cli.exit(), cli.err());
        var told = cli.err().isEmpty() ? "" : "--- standard error\n" + cli.err();
        Golden.check(TEXTS.resolve(name + ".txt"), cli.out() + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "running", "cancelling", "succeeded", "cancelled", "failed"})
    void describesAJob(String state) throws IOException {
        server.then(200, json(state));
        check("describe-" + state, 0, "describe", "j1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "cancelling", "failed"})
    void getsAJob(String state) throws IOException {
        server.then(200, json(state));
        check("get-" + state, 0, "get", "j1");
        check("get-" + state + "-json", 0, "get", "j1", "-o", "json");
        check("get-" + state + "-jsonl", 0, "get", "j1", "-o", "jsonl");
        check("get-" + state + "-name", 0, "get", "j1", "-o", "name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "json", "jsonl", "name"})
    void listsJobs(String format) throws IOException {
        var jobs = new ArrayList<String>();
        for (var name : JOBS) {
            jobs.add(json(name));
        }
        server.then(200, "{\"jobs\":[" + String.join(",", jobs.subList(0, 2)) + "],\"next_page_token\":\"t\"}")
                .then(200, "{\"jobs\":[" + String.join(",", jobs.subList(2, 5)) + "]}");
        check("list-" + format, 0, "list", "-o", format);
    }

    @Test
    void listsNoJobs() throws IOException {
        server.then(200, "{\"jobs\":[]}");
        check("list-none", 0, "list", "--state", "failed");
        check("list-none-json", 0, "list", "--state", "failed", "-o", "json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "jsonl", "name"})
    void listsTaskTypes(String format) throws IOException {
        server.then(200,
                """
                        {"task_types":[
                         {"task_type":"duckdb","versions":[0],"connector":{"name":"duckdb","version":"0.1.0"},"guarantee":"NONE",
                          "served":true,"partitions":8},
                         {"task_type":"bigquery_query_job_task","versions":[0,1],"served":false,"new":1}]}""");
        check("task-types-" + format, 0, "task-types", "-o", format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "jsonl", "name"})
    void watchesAJob(String format) throws IOException {
        server.then(FakeServer.events(event(json("running").replace("0.425", "0.1").replace("\"rev\":5", "\"rev\":4")),
                event(json("running")), event(json("running").replace("SUBMITTING", "WAITING")),
                event(json("running").replaceFirst("RUNNING", "FAILED")
                        .replace("\"rev\":5", "\"rev\":6,\"error\":{\"code\":\"WorkerLost\",\"message\":\"gone\"}"))));
        check("watch-" + format, 1, "get", "j1", "-w", "-o", format);
    }

    private static String event(String job) {
        return "event: job\ndata: " + job.replace("\n", "") + "\n\n";
    }

    @Test
    void waitsForJobs() throws IOException {
        server.on("/api/v1/jobs/j6", FakeServer.answer(200, json("succeeded")));
        check("wait-succeeded", 0, "wait", "j6");
        server.on("/api/v1/jobs/j3", FakeServer.answer(200, json("failed")));
        check("wait-failed", 1, "wait", "j3");
        check("wait-name", 1, "wait", "j3", "-o", "name");
        server.on("/api/v1/jobs/j4", FakeServer.answer(200, json("cancelled")));
        check("wait-json", 7, "wait", "j4", "-o", "json");
        server.on("/api/v1/jobs/j2", FakeServer.answer(200, json("running")));
        check("wait-timeout", 6, "wait", "j2", "--timeout", "1s");
        check("wait-timeout-jsonl", 6, "wait", "j2", "--timeout", "1s", "-o", "jsonl");
        server.on("/api/v1/jobs/j9", FakeServer.answer(404, "{\"code\":\"unknown-job\",\"detail\":\"no such job\"}"));
        check("wait-unknown", 3, "wait", "j9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "create", "get", "list", "wait", "cancel", "describe", "task-types",
            "config", "completion"})
    void helps(String verb) throws IOException {
        var cli = Cli.run(FIXED, verb, "--help");
        assertEquals(0, cli.exit());
        Golden.check(TEXTS.resolve("help-" + verb + ".txt"), cli.out());
    }

    @Test
    void helpsAtLarge() throws IOException {
        Golden.check(TEXTS.resolve("help.txt"), Cli.run(FIXED, "--help").out());
    }
}
