package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.client.FakeServer;
import dev.outboard.standalone.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerbsTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void getShowsASheet() {
        server.then(200, """
                {"id":"j1","task_type":"duckdb","task_type_version":0,"project":"demo","domain":"development",
                 "name":"pricing_summary","labels":{"team":"a","tier":"1"},"state":"RUNNING","phase":"RUNNING",
                 "message":"scanning\\nlineitem","progress":0.999,"attempt":1,"max_attempts":3,
                 "created_at":"2026-11-20T11:00:00Z","started_at":"2026-11-20T11:00:01Z",
                 "conditions":[{"type":"Throttled","reason":"429","message":"the platform asks for patience",
                                "since":"2026-11-20T11:00:02Z"}],
                 "log_links":[{"name":"Console","uri":"https://x/1"}],"custom_info":{"rows":3},
                 "connector":{"name":"duckdb","version":"0.1.0"},"position":"s3.120","rev":3}""");
        var cli = Cli.run("get", "j1", "--server", server.url());
        assertEquals("""
                job        j1
                state      RUNNING  99 %
                message    scanning lineitem
                condition  Throttled: the platform asks for patience  (since 2026-11-20T11:00:02Z)
                link       Console  https://x/1
                task type  duckdb v0
                project    demo/development
                name       pricing_summary
                labels     team=a, tier=1
                attempt    1 of 3
                connector  duckdb 0.1.0
                created    2026-11-20T11:00:00Z
                started    2026-11-20T11:00:01Z
                """, cli.out());
        assertEquals("", cli.err());
        assertEquals(0, cli.exit());
    }

    @Test
    void getShowsWhereLargeOutputsAre() {
        var job = """
                {"id":"j1","task_type":"sql","state":"SUCCEEDED","outputs_uri":"s3://b/run/outputs.pb",
                 "outputs_bytes":1234567}""";
        server.then(200, job).then(200, job);
        assertEquals("""
                job        j1
                state      SUCCEEDED
                outputs    s3://b/run/outputs.pb  (1.2 MB)
                task type  sql
                """, Cli.run("get", "j1", "--server", server.url()).out());
        var description = Cli.run("describe", "j1", "--server", server.url()).out();
        assertTrue(description.contains("Outputs\n  s3://b/run/outputs.pb  (1.2 MB)\n"), description);
        assertTrue(description.contains("Next: use its outputs: read that file"), description);
    }

    @Test
    void getShowsAnEndedJob() {
        server.then(200, """
                {"id":"j1","task_type":"duckdb","state":"FAILED","progress":0.3,"created_at":"2026-11-20T11:00:00Z",
                 "ended_at":"2026-11-20T11:04:10Z","error":{"kind":"SYSTEM","code":"WorkerLost","message":"a\\nb"},
                 "cancel":{"by":"ann","at":"2026-11-20T11:04:00Z","reason":"slow"},
                 "outputs":{"o":{"scalar":{"blob":{"uri":"s3://b/k"}}},"p":{"collection":{"literals":[]}}}}""");
        assertEquals("""
                job        j1
                state      FAILED
                error      SYSTEM WorkerLost
                           a
                           b
                output     o  s3://b/k
                output     p  {"collection":{"literals":[]}}
                task type  duckdb
                cancel     ann  2026-11-20T11:04:00Z  slow
                created    2026-11-20T11:00:00Z
                ended      2026-11-20T11:04:10Z  (after 4 min 10 s)
                """, Cli.run("get", "j1", "--server", server.url()).out());
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheVerb() {
        server.then(200, "{\"id\":\"j1\",\"state\":\"QUEUED\",\"new\":1.10}");
        var json = "{\n  \"id\": \"j1\",\n  \"state\": \"QUEUED\",\n  \"new\": 1.10\n}\n";
        assertEquals(json, Cli.run("-o", "json", "--server", server.url(), "get", "j1").out());
        assertEquals(json,
                Cli.run("-o", "table", "--server", "http://127.0.0.1:1", "get", "j1", "-o", "json", "--server",
                        server.url()).out());
    }

    @Test
    void getOfAnUnknownJobExitsWith3() {
        server.then(404, "{\"title\":\"No such job\",\"detail\":\"No such job: j9\"}");
        var cli = Cli.run("get", "j9", "--server", server.url());
        assertEquals(
                "error: No such job: j9\nnext: check the name and the server (--server URL); ./outboard task-types lists "
                        + "what it knows\n",
                cli.err());
        assertEquals(3, cli.exit());
        assertEquals(List.of("GET /api/v1/jobs/j9"), server.lines());
    }

    @Test
    void whatIsNoJobIdIsNotSent() {
        for (var id : List.of("", "j9/..?x", "a b", "j9:cancel")) {
            for (var verb : List.of("get", "cancel")) {
                var cli = Cli.run(verb, id, "--server", server.url());
                assertEquals("error: '" + id + "' is no job id\nnext: give the id as ./outboard run printed it: "
                        + "j and 26 letters and digits\n", cli.err());
                assertEquals(2, cli.exit());
            }
        }
        assertEquals(List.of(), server.lines());
    }

    @Test
    void cancelSendsTheReason() {
        server.then(202, "{\"id\":\"j1\",\"state\":\"CANCELLING\"}");
        var cli = Cli.run("cancel", "j1", "--reason", "wrong \"input\"", "--server", server.url());
        assertEquals("j1  CANCELLING\n", cli.out());
        assertEquals("next: see how it ends with ./outboard wait j1\n", cli.err());
        assertEquals(List.of("POST /api/v1/jobs/j1:cancel"), server.lines());
        assertEquals("{\"reason\":\"wrong \\\"input\\\"\"}", server.requests.getFirst().body());
    }

    @Test
    void cancelShowsTheJobAfterIt() {
        server.then(202, "{\"id\":\"j1\",\"state\":\"RUNNING\",\"position\":\"c3.7\"}")
                .then(200, "{\"id\":\"j1\",\"state\":\"CANCELLED\"}");
        var cli = Cli.run("cancel", "j1", "--server", server.url());
        assertEquals("j1  CANCELLED\n", cli.out());
        assertEquals("", cli.err());
        assertEquals(List.of("POST /api/v1/jobs/j1:cancel", "GET /api/v1/jobs/j1?position=c3.7"), server.lines());
    }

    @Test
    void cancelSaysWhenNoWorkerHasTakenItYet() {
        server.then(202, "{\"id\":\"j1\",\"state\":\"RUNNING\",\"position\":\"c3.7\"}").then(503, "{}");
        var cli = Cli.run("cancel", "j1", "--server", server.url());
        assertEquals("j1  RUNNING\n", cli.out());
        assertEquals(
                "the cancel is in the log; no worker has taken it yet\nnext: see how it ends with ./outboard wait j1\n",
                cli.err());
        assertEquals(0, cli.exit());
    }

    @Test
    void cancelOfAnEndedJobSaysSo() {
        server.then(200, "{\"id\":\"j1\",\"state\":\"SUCCEEDED\"}");
        var cli = Cli.run("cancel", "j1", "--server", server.url());
        assertEquals("job j1 had ended before: SUCCEEDED\n", cli.err());
        assertEquals("{}", server.requests.getFirst().body());
        assertEquals(0, cli.exit());
    }

    @Test
    void taskTypesAreAligned() {
        server.then(200,
                """
                        {"task_types":[
                         {"task_type":"duckdb","versions":[0],"connector":{"name":"duckdb","version":"0.1.0"},"guarantee":"NONE",
                          "served":true,"partitions":8},
                         {"task_type":"bigquery_query_job_task","versions":[0,1],"served":false}]}""");
        var cli = Cli.run("task-types", "--server", server.url());
        assertEquals("""
                TASK TYPE                VERSIONS  CONNECTOR     GUARANTEE  SERVED  PARTITIONS
                duckdb                   0         duckdb 0.1.0  NONE       yes     8
                bigquery_query_job_task  0,1       -             -          no      -
                """, cli.out());
    }

    @Test
    void noTaskTypesHasANextStep() {
        server.then(200, "{\"task_types\":[]}");
        var cli = Cli.run("task-types", "--server", server.url());
        assertEquals("", cli.out());
        assertEquals("next: start a worker with ./outboard worker --kafka HOST:PORT", cli.next());
    }

    @Test
    void somethingElseAtTheAddressIsNotTakenForOutboard() {
        for (var body : List.of("<html>hello</html>", "{}", "[]")) {
            try (var other = start(200, body)) {
                var cli = Cli.run("get", "j1", "--server", other.url());
                assertEquals(8, cli.exit());
                assertEquals("next: name Outboard's address with --server URL", cli.next());
            }
        }
    }

    @Test
    void aProxysWordsAreShownInOneLine() {
        server.then(500, "<b>\n\u001b[2Jdead</b>");
        var cli = Cli.run("get", "j1", "--server", server.url());
        assertEquals(
                "error: HTTP 500: <b> [2Jdead</b>\nnext: look at the server's log; the same command may be repeated\n",
                cli.err());
        assertEquals(8, cli.exit());
    }

    @Test
    void statusesHaveExitCodes() {
        for (var status : List.of(400, 405, 413, 415)) {
            assertEquals(2, Failures.exitOf(status).code());
        }
        assertEquals(3, Failures.exitOf(404).code());
        assertEquals(4, Failures.exitOf(401).code());
        assertEquals(4, Failures.exitOf(403).code());
        for (var status : List.of(409, 422, 429)) {
            assertEquals(5, Failures.exitOf(status).code());
        }
        for (var status : List.of(500, 502, 503)) {
            assertEquals(8, Failures.exitOf(status).code());
        }
    }

    private static FakeServer start(int status, String body) {
        try {
            return new FakeServer().then(status, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
