package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    @ValueSource(strings = {"waiting", "running", "cancelling", "succeeded", "cancelled", "failed", "denied"})
    void describesAJob(String state) throws IOException {
        server.then(200, json(state));
        check("describe-" + state, 0, "describe", "j1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "cancelling", "failed", "denied"})
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

    @Test
    void tellsWhatThePlatformSaidWhenAJobFails() throws IOException {
        server.then(FakeServer.events(event(json("denied"))));
        check("watch-denied", 1, "get", "j1", "-w");
    }

    private static String event(String job) {
        return "event: job\ndata: " + job.replace("\n", "") + "\n\n";
    }

    @Test
    void describesWhoHadAHandInIt() throws IOException {
        var at = "\"at\":\"2026-11-20T11:01:33Z\"";
        server.then(200, json("running").replace(at, at + ",\"note\":\"resolved by ann: created\""));
        check("describe-resolved", 0, "describe", "j1");
    }

    @Test
    void resolvesAJob() throws Exception {
        var doubt = json("running").replaceFirst("RUNNING", "SUBMITTING");
        var asked = FakeServer.answer(202, doubt.replace("s3.120", "c3.9"));
        resolves("created", 0, asked, 200, json("running"), "--created", "job-7");
        assertEquals("{\"attempt\":2,\"created\":{\"handle\":\"job-7\",\"version\":1}}", said());
        resolves("untaken", 0, asked, 503, "{}", "--never-created");
        assertEquals("{\"attempt\":2,\"never_created\":true}", said());
        resolves("failed", 0, asked, 200, json("failed"), "--failed", "the account is deleted");
        assertEquals("{\"attempt\":2,\"failed\":\"the account is deleted\"}", said());
        var unfit = "{\"title\":\"t\",\"detail\":\"job j1 is RUNNING\",\"next\":\"Cancel it.\"}";
        resolves("unfit", 5, FakeServer.answer(409, unfit), 200, "{}", "--never-created");
        check("resolve-two", 2, "resolve", "j1", "--never-created", "--failed", "x");
        check("resolve-none", 2, "resolve", "j1");
        check("resolve-no-reason", 2, "resolve", "j1", "--failed", " ");
        assertEquals(2, server.requests.size(), "what is not said is not asked");
    }

    /** A server that shows the job in doubt, then answers the resolve, then the read after it. */
    private void resolves(String name, int exit, FakeServer.Reply asked, int status, String after, String... said)
            throws Exception {
        server.close();
        server = new FakeServer().then(200, json("running").replaceFirst("RUNNING", "SUBMITTING"))
                .then(asked)
                .then(status, after);
        var args = new ArrayList<>(List.of("resolve", "j1"));
        args.addAll(List.of(said));
        check("resolve-" + name, exit, args.toArray(String[]::new));
    }

    private String said() {
        assertEquals("GET /api/v1/jobs/j2d4k6m8n3p5q7s2t4v6x2z3b5?position=c3.9", server.lines().get(2));
        return server.requests.get(1).body();
    }

    @Test
    void showsDeadLetters() throws Exception {
        var letter = """
                {"position":"duckdb.c3.17","task_type":"duckdb","job_id":"j4bbbbbbbbbbbbbbbbbbbbbbbbb",
                 "at":"2026-11-20T11:01:00Z","reason":"no protobuf:\\u001b[31m it breaks off","size":3%s}""";
        server.then(200, "{\"dead_letters\":[" + letter.formatted("") + "]}");
        check("deadletter-list", 0, "deadletter", "list");
        check("deadletter-list-json", 0, "deadletter", "list", "-o", "json");
        check("deadletter-list-name", 0, "deadletter", "list", "-o", "name", "--task-type", "duckdb");
        assertEquals("GET /api/v1/deadletters?limit=50&task_type=duckdb", server.lines().getLast());
        check("deadletter-limit", 2, "deadletter", "list", "--limit", "501");
        server.close();
        server = new FakeServer().then(200, "{\"dead_letters\":[]}");
        check("deadletter-none", 0, "deadletter", "list");
        server.close();
        server = new FakeServer().then(200,
                letter.formatted(",\"sha256\":\"00ff\",\"command\":{\"kind\":\"cancel\",\"by\":\"ann\"}"));
        check("deadletter-show", 0, "deadletter", "show", "duckdb.c3.17", "--value");
        assertEquals("GET /api/v1/deadletters/duckdb.c3.17?value=true", server.lines().getLast());
        check("deadletter-bad", 2, "deadletter", "show", "duckdb/..");
    }

    @Test
    void replaysADeadLetter() throws Exception {
        var asked = FakeServer.answer(202, json("running").replaceFirst("RUNNING", "FAILED").replace("s3.120", "c3.9"));
        server.then(asked).then(200, json("running"));
        check("deadletter-replay", 0, "deadletter", "replay", "duckdb.c3.17");
        assertEquals("POST /api/v1/deadletters/duckdb.c3.17:replay", server.lines().getFirst());
        assertTrue(server.lines().getLast().endsWith("?position=c3.9"), server.lines().getLast());
        server.close();
        server = new FakeServer().then(409, "{\"title\":\"t\",\"detail\":\"no protobuf\",\"next\":\"Upgrade.\"}");
        check("deadletter-replay-undecodable", 5, "deadletter", "replay", "duckdb.c3.17");
        check("deadletter-replay-bad", 2, "deadletter", "replay", "duckdb/..");
        assertEquals(1, server.requests.size(), "what cannot be a position is not asked for");
    }

    @Test
    void waitsForJobs() throws IOException {
        server.on("/api/v1/jobs/j6", FakeServer.answer(200, json("succeeded")));
        check("wait-succeeded", 0, "wait", "j6");
        server.on("/api/v1/jobs/j3", FakeServer.answer(200, json("failed")));
        check("wait-failed", 1, "wait", "j3");
        check("wait-name", 1, "wait", "j3", "-o", "name");
        server.on("/api/v1/jobs/j5", FakeServer.answer(200, json("denied")));
        check("wait-denied", 1, "wait", "j5");
        server.on("/api/v1/jobs/j4", FakeServer.answer(200, json("cancelled")));
        check("wait-json", 7, "wait", "j4", "-o", "json");
        server.on("/api/v1/jobs/j2", FakeServer.answer(200, json("running")));
        check("wait-timeout", 6, "wait", "j2", "--timeout", "1s");
        check("wait-timeout-jsonl", 6, "wait", "j2", "--timeout", "1s", "-o", "jsonl");
        server.on("/api/v1/jobs/j9", FakeServer.answer(404, "{\"code\":\"unknown-job\",\"detail\":\"no such job\"}"));
        check("wait-unknown", 3, "wait", "j9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "create", "get", "list", "wait", "cancel", "describe", "resolve", "deadletter",
            "task-types",
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
