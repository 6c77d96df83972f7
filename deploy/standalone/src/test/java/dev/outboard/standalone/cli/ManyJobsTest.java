package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.client.FakeServer;
import dev.outboard.standalone.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verbs that take several jobs, and lists of many. */
class ManyJobsTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli run(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", server.url()));
        return Cli.run(all.toArray(String[]::new));
    }

    private static String job(String id, String state) {
        return "{\"id\":\"%s\",\"state\":\"%s\",\"task_type\":\"duckdb\",\"created_at\":\"2026-11-20T11:00:00Z\",\"ended_at\":\"2026-11-20T11:00:01Z\"}"
                .formatted(id, state);
    }

    private void has(String id, String state) {
        server.on("/api/v1/jobs/" + id, FakeServer.answer(200, job(id, state)));
    }

    @Test
    void jobsAreWaitedForSideBySide() {
        // neither is answered before the other is asked for
        var asked = Map.of("j1", new CountDownLatch(1), "j2", new CountDownLatch(1));
        for (var id : asked.keySet()) {
            server.on("/api/v1/jobs/" + id, exchange -> {
                asked.get(id).countDown();
                asked.get(id.equals("j1") ? "j2" : "j1").await();
                FakeServer.answer(200, job(id, "SUCCEEDED")).to(exchange);
            });
        }
        var cli = run("wait", "j1", "j2", "j1", "--patience", "0");
        assertEquals(0, cli.exit(), cli.err());
        assertEquals(Set.of("j1  SUCCEEDED  1.0 s", "j2  SUCCEEDED  1.0 s"),
                cli.out().lines().collect(Collectors.toSet()));
        assertEquals(2, cli.out().lines().count(), "each once");
    }

    @Test
    void theWorstJobCounts() {
        has("j0", "SUCCEEDED");
        has("j7", "CANCELLED");
        has("j1", "FAILED");
        server.on("/api/v1/jobs/j3", FakeServer.answer(404, "{\"code\":\"unknown-job\"}"));
        server.on("/api/v1/jobs/j4", FakeServer.answer(403, "{}"));
        has("j6", "RUNNING");
        assertEquals(7, run("wait", "j0", "j7").exit());
        assertEquals(1, run("wait", "j1", "j0", "j7").exit());
        assertEquals(3, run("wait", "j7", "j3", "j1").exit());
        assertEquals(4, run("wait", "j4", "j3").exit());
        assertEquals(6, run("wait", "j6", "j4", "--timeout", "1s").exit());
        assertEquals(2, run("wait", "j0", "--timeout", "soon").exit());
        assertEquals(2, run("wait", "j0", "a/b").exit());
    }

    @Test
    void jsonKeepsTheOrderAsked() {
        has("j1", "SUCCEEDED");
        has("j2", "SUCCEEDED");
        assertTrue(run("wait", "j2", "j1", "-o", "json").out().matches("(?s).*\"j2\".*\"j1\".*"));
    }

    @Test
    void manyAreCancelledAndOneUnknownDoesNotStopTheRest() {
        server.on("/api/v1/jobs/j1:cancel", FakeServer.answer(202, job("j1", "CANCELLING")));
        server.on("/api/v1/jobs/j9:cancel", FakeServer.answer(404, "{\"detail\":\"No such job\"}"));
        server.on("/api/v1/jobs/j2:cancel", FakeServer.answer(200, job("j2", "SUCCEEDED")));
        var cli = run("cancel", "j9", "j1", "j2", "--reason", "why");
        assertEquals("j1  CANCELLING\nj2  SUCCEEDED\n", cli.out());
        assertTrue(cli.err().startsWith("error: job j9: No such job\n"), cli.err());
        assertTrue(cli.err().endsWith("job j2 had ended before: SUCCEEDED\n"), cli.err());
        assertEquals(3, cli.exit());
        assertEquals(Set.of("{\"reason\":\"why\"}"),
                server.requests.stream().map(FakeServer.Request::body).collect(Collectors.toSet()));
    }

    @Test
    void aCancelWaitsForTheEndWhereAsked() {
        server.on("/api/v1/jobs/j1:cancel", FakeServer.answer(202, job("j1", "CANCELLING")));
        server.on("/api/v1/jobs/j1", FakeServer.answer(200, job("j1", "CANCELLING")));
        server.on("/api/v1/jobs/j1", FakeServer.answer(200, job("j1", "CANCELLED")));
        var cli = run("cancel", "j1", "--wait");
        assertEquals("j1  CANCELLED\n", cli.out());
        assertEquals("", cli.err());
        assertEquals(0, cli.exit());
    }

    @Test
    void createPrintsTheIdAndDoesNotWait() {
        server.then(201, job("j1", "QUEUED"));
        var examples = "../../examples/duckdb-report.json";
        var cli = run("create", "-f", examples);
        assertEquals("j1\n", cli.out());
        assertEquals("next: see how it ends with ./outboard wait j1\n", cli.err());
        assertEquals(List.of("POST /api/v1/jobs"), server.lines());
        assertTrue(run("create", "-f", examples, "-o", "jsonl").out().startsWith("{\"id\":\"j1\""));
        assertEquals("error: this command has no -o wide\nnext: use table, json, jsonl, name\n",
                run("create", "-f", examples, "-o", "wide").err());
    }

    @Test
    void filtersAreSent() {
        server.then(200, "{\"jobs\":[]}");
        run("list", "--state", "failed,CANCELLED", "--state", "QUEUED", "--task-type", "duckdb", "--project", "p",
                "--domain", "d", "--name", "n", "--label", "a=b=c", "--label", "d=", "--limit", "7");
        run("list", "--live", "--all");
        run("list", "--limit", "1000");
        var queries = server.lines().stream().map(line -> new TreeSet<>(List.of(line.split("[?&]")))).toList();
        assertEquals(new TreeSet<>(List.of("GET /api/v1/jobs", "state=QUEUED%2CFAILED%2CCANCELLED", "task_type=duckdb",
                "project=p", "domain=d", "name=n", "label=a%3Db%3Dc", "label=d%3D", "limit=8")), queries.getFirst());
        assertEquals(new TreeSet<>(List.of("GET /api/v1/jobs",
                "state=QUEUED%2CWAITING%2CSUBMITTING%2CRUNNING%2CCANCELLING", "limit=500")), queries.get(1));
        assertTrue(queries.get(2).contains("limit=500"));
        for (var bad : List.of("--state=x", "--state=UNKNOWN", "--limit=0", "--label=x")) {
            assertEquals(2, run("list", bad).exit(), bad);
        }
        assertEquals(3, server.requests.size());
    }

    @Test
    void aListSaysThatThereIsMore() {
        server.then(200, page(0, 400, "a")).then(200, page(400, 800, null));
        var some = run("list", "-o", "name", "--limit", "600");
        assertEquals(600, some.out().lines().count());
        assertEquals("there are more than 600; see them with --all, or narrow the filter\n", some.err());
    }

    @Test
    void aListThatIsAllSaysNothing() {
        server.then(200, page(0, 400, "a")).then(200, page(400, 800, null));
        var all = run("list", "-o", "name", "--limit", "800");
        assertEquals(800, all.out().lines().distinct().count());
        assertEquals("", all.err());
    }

    @Test
    void allPagesAreOneTable() {
        server.then(200, page(0, 500, "a")).then(200, page(500, 600, "b")).then(200, page(600, 601, null));
        var all = run("list", "--all");
        assertEquals(602, all.out().lines().count(), "a head and a line each");
        assertEquals("", all.err());
    }

    private static String page(int from, int to, String next) {
        return IntStream.range(from, to)
                .mapToObj(i -> job("j" + i, "SUCCEEDED"))
                .collect(Collectors.joining(",", "{\"jobs\":[",
                        "]" + (next == null
                                ? ""
                                : ",\"next_page_token\":\"" + next
                                        + "\"")
                                + "}"));
    }
}
