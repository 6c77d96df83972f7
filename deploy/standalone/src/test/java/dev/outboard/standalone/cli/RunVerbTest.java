package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.client.FakeServer;
import dev.outboard.standalone.Cli;
import dev.outboard.standalone.cli.show.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {
    private static final String QUEUED = "{'id':'j1','state':'QUEUED','task_type':'duckdb'}".replace('\'', '"');
    private static final String RUNNING = """
            {"id":"j1","state":"RUNNING","task_type":"duckdb","progress":0.42,"message":"scanning"}""";
    private static final String SUCCEEDED = """
            {"id":"j1","state":"SUCCEEDED","task_type":"duckdb","created_at":"2026-11-20T11:00:00Z",
             "ended_at":"2026-11-20T11:00:03.250Z","news":[1],"outputs":{
             "results":{"scalar":{"structured_dataset":{"uri":"file:///r/0.parquet",
               "metadata":{"structured_dataset_type":{"format":"parquet"}}}}},
             "n":{"scalar":{"primitive":{"integer":"7"}}}}}""";

    @TempDir
    Path dir;
    private FakeServer server;
    private String file;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        file = Files.writeString(dir.resolve("job.json"), "{\"a\": 1}").toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String event(String job) {
        return "event: job\ndata: " + job.replace('\n', ' ') + "\n\n";
    }

    private Cli run(String... more) {
        var args = new ArrayList<>(List.of("run", "-f", file, "--server", server.url()));
        args.addAll(List.of(more));
        return Cli.run(args.toArray(String[]::new));
    }

    @Test
    void followsTheJobToItsEndAndPrintsItsOutputs() {
        server.then(201, QUEUED)
                .then(FakeServer.events(event(QUEUED), event(RUNNING), event(RUNNING), event(SUCCEEDED)));
        var cli = run();
        assertEquals("""
                results  file:///r/0.parquet  (parquet)
                n        7
                """, cli.out());
        assertEquals("""
                job j1
                QUEUED
                RUNNING  42 %  scanning
                SUCCEEDED
                job j1 succeeded in 3.3 s
                """, cli.err());
        assertEquals(0, cli.exit());
        assertEquals(List.of("POST /api/v1/jobs", "GET /api/v1/jobs/j1/events"), server.lines());
        var create = server.requests.getFirst();
        assertEquals("{\"a\": 1}", create.body());
        assertEquals("application/json", create.header("Content-Type"));
        assertNotNull(create.key());
    }

    @Test
    void printsTheServersJsonWhereAsked() throws Exception {
        server.then(201, SUCCEEDED);
        var cli = run("-o", "json");
        assertEquals(Json.parse(SUCCEEDED.getBytes()), Json.parse(cli.out().getBytes()));
        assertTrue(cli.out().contains("\n  \"state\": \"SUCCEEDED\",\n"), cli.out());
        assertEquals(0, cli.exit());
    }

    @Test
    void saysThatAnEarlierRequestMadeTheJob() {
        server.then(200, SUCCEEDED, "Idempotency-Replayed", "true");
        var cli = run("--key", "nightly");
        assertTrue(cli.err().startsWith("job j1, made earlier with this key\n"), cli.err());
        assertEquals("nightly", server.requests.getFirst().key());
    }

    @Test
    void exitsWith1AndTheReasonWhenTheJobFails() {
        server.then(201, """
                {"id":"j1","state":"FAILED","error":{"kind":"USER","code":"SqlError","pointer":"/template/sql",
                 "message":"Parser Error\\nLINE 1: SELEC\\u001b[31m"}}""");
        var cli = run();
        assertEquals("""
                job j1
                FAILED
                error: job j1 failed: SqlError at /template/sql
                  Parser Error
                  LINE 1: SELEC[31m
                next: mend the job file at /template/sql and run it again
                """, cli.err());
        assertEquals(1, cli.exit());
        assertEquals("", cli.out());
    }

    @Test
    void exitsWith7WhenTheJobIsCancelled() {
        server.then(201, QUEUED).then(FakeServer.events(event("{\"id\":\"j1\",\"state\":\"CANCELLED\"}")));
        var cli = run();
        assertEquals(7, cli.exit());
        assertEquals("next: who and why is told by ./outboard get j1", cli.next());
    }

    @Test
    void tellsWhatTheServerRefused() {
        server.then(400,
                """
                        {"type":"about:blank","title":"Bad request","status":400,"detail":"the job is not valid","code":"invalid",
                         "violations":[{"pointer":"/template","detail":"is missing"}],"next":"see the examples"}""");
        var cli = run();
        assertEquals("""
                error: the job is not valid (invalid)
                  /template: is missing
                next: see the examples
                """, cli.err());
        assertEquals(2, cli.exit());
        assertEquals(1, server.requests.size());
    }

    @Test
    void tellsWhatIsWrongOnce() {
        server.then(400, """
                {"title":"The request cannot be right","detail":"/template is missing","code":"invalid-request",
                 "violations":[{"pointer":"/template","detail":"is missing"}],"next":"mend it"}""");
        assertEquals("error: /template is missing (invalid-request)\nnext: mend it\n", run().err());
    }

    @Test
    void repeatsAnUncertainCreateWithTheSameKey() {
        server.thenDrops()
                .then(503, "{\"code\":\"outcome-unknown\",\"title\":\"x\"}", "Retry-After", "0")
                .then(201, SUCCEEDED);
        var cli = run();
        assertEquals(0, cli.exit());
        assertEquals(3, server.requests.size());
        assertEquals(1, new HashSet<>(server.requests).size());
        assertTrue(cli.err().startsWith("""
                the server does not serve (connection lost); trying for up to 60 s
                the server answers again
                job j1
                """), cli.err());
    }

    @Test
    void makesAnotherKeyForAnotherRun() {
        server.then(201, SUCCEEDED);
        run();
        run();
        assertNotEquals(server.requests.get(0).key(), server.requests.get(1).key());
    }

    @Test
    void exitsWith8WhenTheServerIsBusyToTheEnd() {
        server.then(503, "{\"title\":\"No log\",\"code\":\"log-unavailable\",\"next\":\"wait\"}", "Retry-After", "30");
        var cli = run("--key", "k", "--patience", "1");
        assertEquals(8, cli.exit());
        assertTrue(server.requests.size() > 1, "repeated at the end of its patience");
        assertEquals("next: ./outboard run -f " + file + " --key k (the same key makes no second job)", cli.next());
    }

    @Test
    void exitsWith8WhenNobodyIsThere() {
        server.close();
        var cli = run("--patience", "0");
        assertEquals("error: no server at " + server.url() + ": connection refused\n"
                + "next: start a server with ./outboard dev, or name one with --server URL\n", cli.err());
        assertEquals(8, cli.exit());
    }

    @Test
    void exitsWith3WhenTheTaskTypeIsUnknown() {
        server.then(404, "{\"title\":\"Unknown task type\",\"detail\":\"known: duckdb\"}");
        assertEquals(3, run().exit());
    }

    @Test
    void waitsForAServerThatGoesAwayAndComesBack() throws Exception {
        server.then(201, QUEUED).then(404, "").then(200, RUNNING);
        var cli = CompletableFuture.supplyAsync(() -> run());
        Awaitility.await().until(() -> server.requests.size() > 2);
        var port = server.port();
        server.close();
        var seen = server.requests.size();
        Awaitility.await().until(() -> {
            server = new FakeServer(port);
            return true;
        });
        server.thenDrops().then(503, "").then(200, SUCCEEDED);
        assertEquals(0, cli.get().exit());
        assertTrue(seen > 2);
        assertTrue(cli.get().err().contains("\nthe server does not serve ("), cli.get().err());
        assertTrue(cli.get().err().contains("\nthe server answers again\n"), cli.get().err());
    }

    @Test
    void saysThatTheJobGoesOnWhenTheServerStaysAway() {
        server.then(201, QUEUED).thenDrops();
        var cli = run("--patience", "1");
        assertEquals(8, cli.exit());
        assertTrue(cli.err().contains("error: the server is away (connection lost); job j1 goes on\n"), cli.err());
        assertEquals("next: see it with ./outboard get j1 when the server is back", cli.next());
    }

    @Test
    void refusesWhatIsNoJobFileWithoutAskingTheServer() throws Exception {
        var bad = Files.writeString(dir.resolve("bad.json"), "{\"a\":\n 1,, }").toString();
        assertEquals(
                "error: " + bad
                        + " is not JSON: Unexpected character (',' (code 44)): was expecting double-quote to start "
                        + "field name (line 2, column 4)\nnext: mend the file and run the command again\n",
                refused(bad).err());
        assertTrue(refused(dir.resolve("none").toString()).err().contains("none: no such file\n"));
        assertTrue(refused(dir.toString()).err().startsWith("error: cannot read " + dir + ": "));
        assertTrue(refused(Files.createFile(dir.resolve("empty")).toString()).err().contains("empty is empty\n"));
        var latin = Files.write(dir.resolve("latin"), new byte[]{'"', (byte) 0xe4, '"'});
        assertTrue(refused(latin.toString()).err().contains("latin is not JSON: "));
        for (var text : List.of("{\"a\": {", "{} {}", "[".repeat(2000), "{\"a\": 1" + "0".repeat(2000) + "}")) {
            var said = refused(Files.writeString(dir.resolve("bad.json"), text).toString()).err();
            assertTrue(said.matches("(?s)error: \\S+ is not JSON: [a-zA-Z ,]+( \\(line 1, column \\d+\\))?\nnext: .*"),
                    said);
        }
        assertTrue(refused(file, "--key", "ä").err().startsWith("error: --key is not 1 to 255 visible ASCII"));
    }

    private Cli refused(String name, String... more) {
        var args = new ArrayList<>(List.of("run", "-f", name, "--server", server.url()));
        args.addAll(List.of(more));
        var cli = Cli.run(args.toArray(String[]::new));
        assertEquals(2, cli.exit(), cli.err());
        assertTrue(cli.next().startsWith("next: "), cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
        assertEquals(List.of(), server.requests);
        return cli;
    }
}
