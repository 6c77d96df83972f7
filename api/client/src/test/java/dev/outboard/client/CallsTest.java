package dev.outboard.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final JobRequest JOB = JobRequest.sql("duckdb", "SELECT $n").input("n", 21);

    private final List<String> told = new ArrayList<>();
    private FakeServer server;
    private OutboardClient client;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        client = client(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private OutboardClient client(Duration patience) {
        return OutboardClient.builder(URI.create(server.url())).patience(patience).outages(told::add).build();
    }

    @Test
    void aRequestIsFlytesCreate() {
        assertEquals("{\"template\":{\"type\":\"duckdb\",\"sql\":{\"statement\":\"SELECT $n\"},"
                + "\"id\":{\"name\":\"x\",\"project\":\"p\",\"domain\":\"d\"},\"task_type_version\":1,"
                + "\"metadata\":{\"retries\":{\"retries\":2},\"timeout\":\"90.050s\"}},"
                + "\"inputs\":{\"n\":21,\"ok\":true,\"t\":\"a\",\"x/y\":0.5},"
                + "\"task_execution_metadata\":{\"labels\":{\"team/a\":\"b\"}},\"output_prefix\":\"s3://b/f\"}",
                new String(JOB.named("x")
                        .in("p", "d")
                        .version(1)
                        .input("ok", true)
                        .input("t", "a")
                        .input("x/y", 0.5)
                        .label("team/a", "b")
                        .outputPrefix("s3://b/f")
                        .retries(2)
                        .timeout(Duration.ofMillis(90_050))
                        .body()));
        assertThrows(IllegalStateException.class, () -> JobRequest.json("[]".getBytes()).named("x"));
    }

    @Test
    void aPersonsWordIsOfTheAttemptThatWasSeen() throws Exception {
        server.then(200, "{\"id\":\"j1\",\"state\":\"SUBMITTING\",\"attempt\":2}")
                .thenDrops()
                .then(202, "{\"id\":\"j1\",\"state\":\"SUBMITTING\",\"attempt\":2}");
        var seen = client.get("j1");
        client.resolve(seen, new Verdict.Created("h", 3));
        client.resolve(seen, new Verdict.NeverCreated());
        client.resolve(seen, new Verdict.Failed("gone"));
        var created = "{\"attempt\":2,\"created\":{\"handle\":\"h\",\"version\":3}}";
        assertEquals(List.of("", created, created, "{\"attempt\":2,\"never_created\":true}",
                "{\"attempt\":2,\"failed\":\"gone\"}"),
                server.requests.stream().map(FakeServer.Request::body).toList());
        assertEquals("POST /api/v1/jobs/j1:resolve", server.lines().getLast());
    }

    /** The server makes a job a key, as the real one does, and loses its first answers. */
    @Test
    void aLostAnswerIsAskedForAgainWithTheSameKeyAndMakesOneJob() throws Exception {
        var jobs = new HashMap<String, String>();
        FakeServer.Reply create = exchange -> {
            var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            var made = jobs.putIfAbsent(key, "j" + jobs.size()) == null;
            if (server.requests.size() > 2) { // the effect is there all the same
                var job = "{\"id\":\"" + jobs.get(key) + "\",\"state\":\"QUEUED\"}";
                FakeServer.answer(made ? 201 : 200, job, "Idempotency-Replayed", String.valueOf(!made)).to(exchange);
            }
        };
        server.then(create);
        var created = client.create(JOB);
        assertEquals("j0", created.job().id());
        assertTrue(created.replayed());
        assertEquals(1, jobs.size());
        assertEquals(3, server.requests.size());
        assertEquals(List.of(created.key()),
                server.requests.stream().map(FakeServer.Request::key).distinct().toList());
        assertEquals(1, server.requests.stream().map(FakeServer.Request::body).distinct().count());
        assertEquals(List.of("the server does not serve (connection lost); trying for up to 20 s",
                "the server answers again"), told);
        assertNotEquals(created.key(), client.create(JOB).key());
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSays() throws Exception {
        server.then(503, "{\"code\":\"outcome-unknown\",\"title\":\"x\"}", "Retry-After", "1")
                .then(429, "{}", "Retry-After", "0")
                .then(201, Said.job("QUEUED", 1));
        var start = System.nanoTime();
        assertFalse(client.create(JOB, "k").replayed());
        assertTrue(System.nanoTime() - start >= 1_000_000_000L);
        assertEquals(1, new HashSet<>(server.requests).size());
        assertEquals("k", server.requests.getFirst().key());
    }

    @Test
    void patienceEnds() throws Exception {
        client = client(Duration.ofMillis(300));
        server.then(503, "{\"title\":\"No log\",\"code\":\"log-unavailable\",\"next\":\"wait\"}", "Retry-After", "30");
        var refused = assertThrows(OutboardException.Refused.class, () -> client.create(JOB));
        assertEquals("log-unavailable", refused.problem().code());
        assertEquals("wait", refused.problem().next());
        assertTrue(refused.passing());
        assertEquals(2, server.requests.size());
        server.close();
        var none = assertThrows(OutboardException.NoConnection.class, () -> client.get("j1"));
        assertEquals("connection refused", none.getMessage());
    }

    @Test
    void whatNoRepeatCanHelpIsSaidAtOnce() throws Exception {
        server.then(503, "{\"retryable\":false}")
                .then(400, "{\"violations\":[{\"pointer\":\"/template\",\"detail\":\"is missing\"}]}")
                .then(404, "<b>lost</b>")
                .then(302, "", "Location", "http://elsewhere");
        assertFalse(assertThrows(OutboardException.Refused.class, () -> client.create(JOB)).passing());
        var bad = assertThrows(OutboardException.Refused.class, () -> client.create(JOB)).problem();
        assertEquals(List.of(new Problem.Violation("/template", "is missing")), bad.violations());
        assertEquals("HTTP 404: <b>lost</b>",
                assertThrows(OutboardException.Refused.class, () -> client.get("j1")).getMessage());
        assertThrows(OutboardException.NotOurs.class, () -> client.get("j1"));
        assertEquals(4, server.requests.size());
    }

    @Test
    void whatIsNotOurApiIsNotTakenForIt() {
        for (var body : List.of("<html>hello</html>", "{}", "[]", "{\"id\":\"j1\"", "{\"id\":1,\"state\":2}", "")) {
            server.then(200, body);
        }
        for (var i = 0; i < 6; i++) {
            assertThrows(OutboardException.NotOurs.class, () -> client.create(JOB));
        }
        assertThrows(OutboardException.NotOurs.class, () -> client.taskTypes());
        assertThrows(OutboardException.NotOurs.class, () -> client.list(JobFilter.all()).count());
    }

    @Test
    void aTruncatedAnswerIsNone() throws Exception {
        server.then(FakeServer.truncated(201, Said.job("QUEUED", 1))).then(200, Said.job("QUEUED", 1));
        assertEquals("j1", client.create(JOB, "k").job().id());
        assertEquals(2, server.requests.size());
    }

    @Test
    void aJobIsTyped() throws Exception {
        server.then(200,
                """
                        {"id":"j1","task_type":"duckdb","task_type_version":2,"project":"p","domain":"d","name":"n",
                         "labels":{"a":"b"},"state":"FAILED","message":"m\\nn","progress":0.5,"attempt":2,"max_attempts":3,
                         "created_at":"2026-11-20T11:00:00Z","ended_at":"2026-11-20T11:04:10Z","expires_at":"soon",
                         "history":[{"state":"QUEUED","attempt":1,"at":"2026-11-20T11:00:00Z"},{"state":"PONDERING"}],
                         "conditions":[{"type":"Throttled","reason":"429","message":"x","since":"2026-11-20T11:00:02Z"}],
                         "log_links":[{"name":"Console","uri":"https://x/1"}],"outputs":{"o":{"x":1.10}},"custom_info":{"rows":3},
                         "connector":{"name":"duckdb","version":"0.1.0"},"cancel":{"by":"ann","at":"2026-11-20T11:04:00Z"},
                         "error":{"kind":"USER","code":"SqlError","message":"a","retryable":true,"pointer":"/template",
                          "next_step":"Mend it.","platform":{"name":"BigQuery","category":"NEW","request_id":"r-1",
                          "link":"https://x/2","later":1}},
                         "position":"s3.120","news":[1]}""",
                "ETag", "W/\"1.2\"");
        var job = client.get("j1");
        assertEquals("W/\"1.2\"", job.etag());
        assertEquals(JobState.FAILED, job.state());
        assertTrue(job.ended());
        assertEquals(2, job.taskTypeVersion());
        assertEquals("m\nn", job.message());
        assertEquals(0.5, job.progress());
        assertEquals(Duration.ofSeconds(250), job.took());
        assertNull(job.expiresAt());
        assertEquals(JobState.UNKNOWN, job.history().get(1).state());
        assertEquals("PONDERING", job.history().get(1).stateText());
        assertEquals("429", job.conditions().getFirst().reason());
        assertEquals("https://x/1", job.links().getFirst().uri());
        assertEquals("1.10", job.outputs().get("o").path("x").asText());
        assertNull(job.storedOutputs());
        assertEquals(3, job.customInfo().path("rows").asInt());
        assertEquals(new Job.Connector("duckdb", "0.1.0"), job.connector());
        assertEquals("ann", job.cancel().by());
        assertEquals(new Job.Failure("USER", "SqlError", "a", true, "/template", "Mend it.",
                new PlatformError("BigQuery", PlatformError.Category.UNKNOWN, "NEW", null, "r-1", "https://x/2")),
                job.error());
        assertEquals("[1]", job.json().path("news").toString());
        assertEquals(List.of(2, 3), List.of(job.attempt(), job.maxAttempts()));
    }

    @Test
    void aListGoesOnFromPageToPageAsItIsRead() throws Exception {
        server.then(200, "{\"jobs\":[" + Said.job("RUNNING", 1) + "],\"next_page_token\":\"a/b=\"}")
                .then(200, "{\"jobs\":[],\"next_page_token\":\"c\"}")
                .then(200, "{\"jobs\":[],\"next_page_token\":\"e\"}")
                .then(200, "{\"jobs\":[" + Said.job("QUEUED", 2) + "]}");
        var filter = JobFilter.all()
                .states(EnumSet.of(JobState.QUEUED, JobState.RUNNING))
                .taskType("duckdb")
                .taskType("x")
                .name("a b")
                .label("team", "a=b")
                .pageSize(7);
        assertEquals(List.of(JobState.RUNNING), client.list(filter).limit(1).map(Job::state).toList());
        var query = "GET /api/v1/jobs?state=QUEUED%2CRUNNING&task_type=duckdb&task_type=x&name=a+b&label=team%3Da%3Db"
                + "&limit=7";
        assertEquals(List.of(query), server.lines());
        assertEquals(1, client.list(filter).count());
        assertEquals(List.of(query, query, query + "&page_token=c", query + "&page_token=e"), server.lines());
        assertThrows(IllegalArgumentException.class, () -> filter.pageSize(501));
        assertThrows(IllegalArgumentException.class, () -> filter.states(EnumSet.allOf(JobState.class)));
    }

    @Test
    void theTokenIsSentAndNeverSaid() throws Exception {
        server.then(200, Said.job("RUNNING", 1));
        var tokens = new ArrayList<>(List.of("secret", "a b", ""));
        try (var mine = OutboardClient.builder(URI.create(server.url())).token(tokens::removeFirst).build()) {
            mine.get("j1");
            var bad = assertThrows(IllegalStateException.class, () -> mine.get("j1"));
            assertFalse(bad.toString().contains("a b"));
            mine.cancel("j1", null);
        }
        assertEquals("Bearer secret", server.requests.getFirst().header("Authorization"));
        assertEquals(List.of("GET /api/v1/jobs/j1", "POST /api/v1/jobs/j1:cancel"), server.lines());
        assertNull(server.requests.getLast().header("Authorization"));
    }

    @Test
    void whatCannotBeRightIsNotSent() {
        for (var bad : List.of("ftp://x", "http:///x", "http://x?y", "x")) {
            assertThrows(IllegalArgumentException.class, () -> OutboardClient.create(URI.create(bad)), bad);
        }
        for (var bad : List.of("", "..", "a/b", "a:cancel")) {
            assertThrows(IllegalArgumentException.class, () -> client.get(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> client.cancel(bad, null), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> client.create(JOB, "ä"));
        assertEquals(List.of(), server.requests);
    }

    @Test
    void anInterruptedCallEnds() throws Exception {
        server.then(503, "{}", "Retry-After", "30");
        var caller = new Thread(() -> assertInstanceOf(InterruptedException.class,
                assertThrows(Exception.class, () -> client.get("j1"))));
        caller.start();
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();
    }
}
