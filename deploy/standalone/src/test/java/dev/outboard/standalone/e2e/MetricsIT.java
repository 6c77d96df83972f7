package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.roles.Stack;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a whole stack after a few jobs are right, and docs/metrics.md tells of each, and of no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
    private static final Path DOCS = Path.of("../../docs/metrics.md");
    private static final Pattern ROW = Pattern.compile("\\| `(outboard_\\w+)` \\| ([a-z, ]+) \\| ([^|]*)\\|.*");
    private static final Pattern NAME = Pattern.compile("`((?:jvm|process|system)_[a-z0-9_]+)`");
    private static final String TYPE = "task_type=duckdb";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> ids = new ArrayList<>();
    private Stack stack;
    private Scrape before;

    @BeforeAll
    void run(@TempDir Path dir) throws Exception {
        stack = Stack.start(dir, 0, Map.of());
        stack.awaitReady(new PrintWriter(Writer.nullWriter()));
        before = Scrape.of(stack.url());
        assertEquals(201, create("k1", "SELECT 1 AS n"));
        assertEquals(201, create("k2", "SELECT 2 AS n"));
        assertEquals(201, create("k3", "SELECT 3 AS n"));
        assertEquals(200, create("k1", "SELECT 1 AS n"));
        assertEquals(422, create("k1", "SELECT 4 AS n"));
        assertEquals(201, create("k4", ""));
        poison();
        awaitValue(3, "outboard_jobs", "state=SUCCEEDED", TYPE);
        awaitValue(1, "outboard_jobs", "state=FAILED", TYPE);
        assertEquals(201, create("k5", "SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE hash(i) = 1"));
        awaitValue(1, "outboard_jobs", "state=RUNNING", TYPE);
        assertEquals(202, send("DELETE", "/api/v1/jobs/" + ids.getLast(), null, null));
        awaitValue(1, "outboard_jobs", "state=CANCELLED", TYPE);
        awaitValue(1, "outboard_dead_letters_total", TYPE);
        assertEquals(404, send("GET", "/api/v1/jobs/j" + "a".repeat(26), null, null));
        assertEquals(200, send("GET", "/api/v1/jobs/" + ids.getFirst(), null, null));
        assertEquals(200, send("DELETE", "/api/v1/jobs/" + ids.getFirst(), null, null));
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void theNumbersAreRight() throws Exception {
        // an answer is sent before it is counted
        awaitValue(1, "outboard_http_request_seconds_count", "method=DELETE", "route=/api/v1/jobs/{id}", "status=200");
        var now = Scrape.of(stack.url());
        for (var told : Map.of("accepted", 5, "replayed", 1, "conflict", 1).entrySet()) {
            assertEquals((double) told.getValue(),
                    now.value("outboard_api_create_seconds_count", "outcome=" + told.getKey(),
                            TYPE),
                    told.getKey());
        }
        assertEquals(1, now.value("outboard_api_read_seconds_count", "outcome=unknown"));
        assertEquals(1, now.value("outboard_api_read_seconds_count", "outcome=found"));
        assertEquals(1, now.value("outboard_api_cancel_seconds_count", "outcome=owed"));
        assertEquals(1, now.value("outboard_api_cancel_seconds_count", "outcome=ended"));
        assertEquals(5, now.value("outboard_http_request_seconds_count", "method=POST", "route=/api/v1/jobs",
                "status=201"));
        for (var taken : Map.of("created", 5, "repeated", 2, "cancelled", 1, "dropped", 0, "dead_letter", 1)
                .entrySet()) {
            assertEquals((double) taken.getValue(),
                    now.value("outboard_lane_commands_total", "outcome=" + taken.getKey(), TYPE),
                    taken.getKey());
        }
        assertEquals(3, now.value("outboard_job_seconds_count", "state=SUCCEEDED", "error=none", TYPE));
        assertEquals(1, now.value("outboard_job_seconds_count", "state=FAILED", "error=user", TYPE));
        assertEquals(1, now.value("outboard_job_seconds_count", "state=CANCELLED", "error=none", TYPE));
        assertEquals(4, now.value("outboard_create_delay_seconds_count", TYPE), "the bad one was never handed over");
        for (var method : List.of("create exists 4", "check checked 5", "poll succeeded 3")) {
            var word = method.split(" ");
            assertEquals(Double.parseDouble(word[2]), now.value("outboard_call_seconds_count", "connector=duckdb",
                    "method=" + word[0], "outcome=" + word[1], TYPE), method);
        }
        for (var gauge : Map.of("outboard_lane_partitions status=held", 8, "outboard_lane_status status=running", 1,
                "outboard_lane_jobs", 0, "outboard_task_type_served", 1, "outboard_untaken_creates", 0).entrySet()) {
            var words = (gauge.getKey() + " " + TYPE).split(" ");
            assertEquals((double) gauge.getValue(), now.value(words[0], Arrays.copyOfRange(words, 1, words.length)),
                    gauge.getKey());
        }
        assertEquals(8, now.value("outboard_lane_restore_seconds_count", TYPE));
        assertEquals(1, now.value("outboard_view_ready"));
        assertEquals(0, now.value("outboard_calls_under_way", "connector=duckdb"));
        assertTrue(now.value("outboard_view_staleness_seconds_count", TYPE) >= 5 * 3, "each job's transitions");
        assertTrue(now.value("outboard_lane_watchdog_margin_seconds", TYPE) > 0);
        assertTrue(now.value("outboard_api_barrier_rounds_total") > 0);
    }

    @Test
    void commitsAreCounted() throws Exception {
        var now = Scrape.of(stack.url());
        double commits = now.value("outboard_lane_commit_seconds_count", TYPE)
                - before.value("outboard_lane_commit_seconds_count", TYPE);
        double records = now.value("outboard_lane_commit_records_sum", TYPE)
                - before.value("outboard_lane_commit_records_sum", TYPE);
        assertTrue(commits > 10, "five jobs in turn: " + commits);
        assertTrue(records > 2 * commits, "a watermark and more in each: " + records);
    }

    @Test
    void eachMetricIsDocumentedWithItsTypeAndTags() throws Exception {
        var documented = new TreeMap<String, String>();
        var unseen = new TreeSet<String>();
        var scrape = Scrape.of(stack.url());
        for (var line : Files.readAllLines(DOCS)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2) + " " + new TreeSet<>(tags(row.group(3))));
            }
            NAME.matcher(line).results().map(name -> name.group(1)).forEach(name -> {
                if (!scrape.types().containsKey(name) && !name.equals("jvm_gc_pause_seconds")) {
                    unseen.add(name);
                }
            });
        }
        // DuckDB has no batch polls; BatchesTest has their metrics
        documented.keySet().removeIf(name -> name.startsWith("outboard_batch_"));
        var found = new TreeMap<String, String>();
        scrape.types().forEach((name, type) -> {
            var timer = scrape.types().containsKey(name + "_max");
            var isMax = name.endsWith("_max") && scrape.types().containsKey(name.replaceFirst("_max$", ""));
            if (name.startsWith("outboard_") && !isMax && !name.equals("outboard_build_info")) {
                var kind = !timer
                        ? type
                        : !name.endsWith("_seconds")
                                ? "summary"
                                : type.equals("histogram") ? "timer, histogram" : "timer";
                found.put(name, kind + " " + new TreeSet<>(scrape.labels().get(name)));
            }
        });
        assertEquals(lines(documented), lines(found), "docs/metrics.md against what is scraped");
        assertEquals(new TreeSet<>(), unseen, "JVM metrics that docs/metrics.md names and nobody scrapes");
        assertTrue(scrape.labels().get("outboard_build_info").contains("version"));
    }

    @Test
    void nothingOfAJobIsInThem() throws Exception {
        var text = Scrape.of(stack.url()).text();
        for (var id : ids) {
            assertFalse(text.contains(id), id);
        }
        assertFalse(text.contains("SELECT") || text.contains("k1\"") || text.contains("hunter2"), text);
    }

    private static List<String> tags(String cell) {
        return Pattern.compile("`(\\w+)`").matcher(cell).results().map(tag -> tag.group(1)).toList();
    }

    private static String lines(Map<String, String> metrics) {
        var lines = new ArrayList<String>();
        metrics.forEach((name, kind) -> lines.add(name + ": " + kind));
        return String.join("\n", lines);
    }

    private void awaitValue(double value, String series, String... with) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertEquals(value, Scrape.of(stack.url()).value(series, with), series));
    }

    private int create(String key, String statement) throws Exception {
        return send("POST", "/api/v1/jobs", key,
                ("{\"template\": {\"type\": \"duckdb\", \"id\": {\"name\": \"hunter2\"}, "
                        + "\"sql\": {\"statement\": \"%s\"}}}").formatted(statement));
    }

    private int send(String method, String path, String key, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20));
        if (body != null) {
            request.header("Content-Type", "application/json").header("Idempotency-Key", key);
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        JsonNode job = new ObjectMapper().readTree(answer.body());
        if (answer.statusCode() == 201) {
            ids.add(job.path("id").asText());
        }
        return answer.statusCode();
    }

    /** A command that is none, as no API writes it. */
    private void poison() throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.kafka()), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("outboard.commands.duckdb.v1", 0, null, new byte[]{0, 1})).get();
        }
    }
}
