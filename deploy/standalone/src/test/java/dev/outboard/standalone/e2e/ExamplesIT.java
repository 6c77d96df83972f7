package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.roles.Stack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every input under examples/, over the RFC door of a whole stack; what must come back stands in examples/README.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("../../examples");
    private Stack stack;
    private Door door;

    @BeforeAll
    void start(@TempDir Path dir) throws InterruptedException {
        stack = Stack.start(dir, 0, Map.of());
        stack.awaitReady(new PrintWriter(Writer.nullWriter()));
        door = new Door(stack.url());
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void theReportRuns() throws Exception {
        var id = accepted("duckdb-report.json");
        var ended = ended(id);
        assertEquals("succeed", ended.path("job_state").asText(), ended.toString());
        assertEquals("SUCCEEDED", ended.path("phase").asText());
        assertEquals(1.0, ended.path("progress").asDouble());
        assertEquals("duckdb", ended.at("/job_spec/template/type").asText());
        var dataset = ended.at("/outputs/results/scalar/structured_dataset");
        assertEquals("parquet", dataset.at("/metadata/structured_dataset_type/format").asText());
        var file = Path.of(URI.create(dataset.path("uri").asText()));
        try (var db = DriverManager.getConnection("jdbc:duckdb:");
                var rows = db.createStatement().executeQuery("SELECT count(*), sum(count_order) FROM '" + file + "'")) {
            rows.next();
            assertEquals(4, rows.getInt(1));
            assertTrue(rows.getLong(2) > 9_000_000, "of ten million rows");
        }
    }

    @Test
    void aReportIsReallyGoneWhenDeleted() throws Exception {
        var id = accepted("duckdb-report.json", "10000000", "100000000000");
        await().until(() -> door.poll("duckdb", id).body().path("phase").asText(), "RUNNING"::equals);
        assertEquals(200, door.delete("duckdb", id).status());
        assertEquals("ABORTED", ended(id).path("phase").asText());
        assertEquals("failed", ended(id).path("job_state").asText());
    }

    @ParameterizedTest
    @CsvSource({"no-statement.json, /template/sql/statement, statement",
            "bad-sql.json, /template/sql/statement, selec"})
    void whatOnlyTheConnectorKnowsIsAcceptedAndFails(String file, String pointer, String said) throws Exception {
        var id = accepted("bad/" + file);
        var ended = ended(id);
        assertEquals("failed", ended.path("job_state").asText());
        assertEquals("FAILED", ended.path("phase").asText());
        assertTrue(ended.path("message").asText().contains(said), ended.toString());
        var job = door.get("/api/v1/jobs/" + id).body();
        assertEquals("USER", job.at("/error/kind").asText());
        assertEquals(pointer, job.at("/error/pointer").asText());
    }

    @ParameterizedTest
    @CsvSource({"no-template.json, /template", "wrong-type.json, /template/sql/statement",
            "bad-literal.json, /inputs/rows", "secret-value.json, /connection/secrets"})
    void whatTheShapeShowsIsRefused(String file, String pointer) throws Exception {
        var answer = door.put("duckdb", read("bad/" + file));
        assertEquals(400, answer.status());
        assertEquals(pointer, answer.body().at("/violations/0/pointer").asText(), answer.body().toString());
        plain(answer.body());
    }

    @Test
    void whatIsNotJsonSaysWhereItBreaksOff() throws Exception {
        var answer = door.put("duckdb", read("bad/not-json.json"));
        assertEquals(400, answer.status());
        assertTrue(answer.body().path("detail").asText().matches("(?s).*line \\d+.*column \\d+.*"),
                answer.body().toString());
    }

    @ParameterizedTest
    @CsvSource({"bigquery.json, bigquery_query_job_task", "databricks.json, databricks",
            "databricks-serverless-notebook.json, databricks", "snowflake.json, snowflake",
            "snowflake-v2.json, snowflake",
            "spark-operator.json, kubernetes", "bad/unknown-type.json, no_such_task_type",
            "bad/snowflake-missing-warehouse.json, snowflake", "bad/databricks-no-compute.json, databricks",
            "bad/snowflake-missing-account.json, snowflake", "bad/snowflake-unequal-batch.json, snowflake",
            "bad/databricks-foreign-host.json, databricks", "bad/databricks-token.json, databricks",
            "bad/bigquery-missing-project.json, bigquery_query_job_task",
            "bad/bigquery-wrong-type.json, bigquery_query_job_task",
            "bad/bigquery-no-statement.json, bigquery_query_job_task"})
    void aTypeThatNobodyKnowsIsRefusedNamingTheKnown(String file, String taskType) throws Exception {
        var answer = door.put(taskType, read(file));
        assertEquals(404, answer.status());
        assertEquals("unknown-task-type", answer.body().path("code").asText());
        assertTrue(answer.body().path("detail").asText().contains("duckdb"), answer.body().toString());
        plain(answer.body());
    }

    @Test
    void aSecretsValueIsKeptNowhere() throws Exception {
        var canary = "canary-" + UUID.randomUUID();
        var token = "{\"template\":{\"type\":\"duckdb\",\"custom\":{\"databricksToken\":\"" + canary + "\"}}}";
        var told = new StringBuffer();
        var log = Logger.getLogger("dev.outboard");
        var handler = new Told(told);
        log.setLevel(Level.ALL);
        log.addHandler(handler);
        try {
            long before = written();
            for (var body : List.of(read("bad/secret-value.json").replace("do-not-keep-this", canary), token)) {
                for (var answer : List.of(door.put("duckdb", body), door.post("/api/v1/jobs", body))) {
                    assertEquals(400, answer.status());
                    assertEquals("secret-value", answer.body().path("code").asText());
                    told.append(answer.body());
                }
            }
            assertEquals(before, written(), "records in topics that doors write");
            accepted("bad/no-statement.json");
            assertEquals(before + 1, written());
        } finally {
            log.removeHandler(handler);
            log.setLevel(null);
        }
        assertTrue(told.toString().contains("accepted, type duckdb"), "the log is heard");
        assertFalse(told.toString().contains(canary));
    }

    /** Hears everything that is logged. */
    private static final class Told extends StreamHandler {
        private final StringBuffer told;

        private Told(StringBuffer told) {
            this.told = told;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            told.append(new SimpleFormatter().format(line));
        }
    }

    private long written() {
        var config = Map.<String, Object>of("bootstrap.servers", stack.kafka());
        try (var reader = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = reader.listTopics()
                    .values()
                    .stream()
                    .flatMap(List::stream)
                    .filter(p -> p.topic().startsWith("outboard.commands.")
                            || p.topic().startsWith("outboard.deadletter."))
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            return reader.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static void plain(JsonNode problem) {
        var text = problem.toString();
        assertFalse(text.contains("Exception") || text.contains("\tat ") || text.contains("dev.outboard"), text);
        assertFalse(problem.path("next").asText().isEmpty(), text);
    }

    private String accepted(String file) throws Exception {
        return accepted(file, "", "");
    }

    private String accepted(String file, String from, String to) throws Exception {
        var answer = door.put("duckdb", read(file).replace(from.isEmpty() ? "\0" : from, to));
        assertEquals(200, answer.status(), answer.body().toString());
        return answer.body().path("job_id").asText();
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> door.poll("duckdb", id).body(),
                        body -> !body.path("job_state").asText().equals("running"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    /** So that a mistake in the examples themselves shows. */
    @Test
    void theGoodExamplesAreJson() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                assertTrue(new ObjectMapper().readTree(Files.readString(file)).has("template"), file.toString());
            }
        }
    }
}
