package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.standalone.roles.Stack;
import dev.outboard.standalone.simulate.Simulations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The platforms' examples as a user hands them over: a whole stack with the plug-ins that ship, each in its own class
 * loader, against the simulated platforms.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformsIT {
    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path SHIPPED = Path.of("target/outboard/plugins");
    private Simulations simulations;
    private Stack stack;
    private Door door;

    @BeforeAll
    void start(@TempDir Path dir) throws InterruptedException {
        simulations = Simulations.start(List.of("bigquery", "databricks", "snowflake"));
        var secrets = dir.resolve("secrets");
        simulations.writeSecrets(secrets);
        stack = Stack.start(dir, 0, simulations.settings(Map.of()), List.of(SHIPPED.toAbsolutePath()), secrets);
        stack.awaitReady(new PrintWriter(Writer.nullWriter()));
        door = new Door(stack.url());
    }

    @AfterAll
    void stop() {
        stack.close();
        simulations.close();
    }

    @ParameterizedTest
    @CsvSource({"bigquery.json, bigquery_query_job_task, BigQuery Console, bq://flyte:",
            "snowflake.json, snowflake, Snowflake Query Details, snowflake://FLYTE:MYORG-ACCOUNT1/"})
    void aQuerysResultHasAPlace(String file, String taskType, String link, String place) throws Exception {
        var ended = ended(taskType, accepted(file, taskType));
        assertEquals("SUCCEEDED", ended.path("phase").asText(), ended.toString());
        assertEquals(link, ended.at("/log_links/0/name").asText(), ended.toString());
        var uri = ended.at("/outputs/results/scalar/structured_dataset/uri").asText();
        assertTrue(uri.startsWith(place), ended.toString());
    }

    @Test
    void aBatchIsInserted() throws Exception {
        var ended = ended("snowflake", accepted("snowflake-v2.json", "snowflake"));
        assertEquals("SUCCEEDED", ended.path("phase").asText(), ended.toString());
    }

    @ParameterizedTest
    @CsvSource({"databricks.json", "databricks-serverless-notebook.json"})
    void aRunEnds(String file) throws Exception {
        var ended = ended("databricks", accepted(file, "databricks"));
        assertEquals("SUCCEEDED", ended.path("phase").asText(), ended.toString());
        assertEquals("Databricks Console", ended.at("/log_links/0/name").asText(), ended.toString());
        assertEquals("SUCCESS", ended.at("/custom_info/termination_code").asText(), ended.toString());
        assertEquals(file.contains("notebook"),
                ended.at("/custom_info/notebook_result").asText().contains("2026-11-20"));
    }

    @ParameterizedTest
    @CsvSource({"snowflake-missing-warehouse.json, snowflake, /template/config/warehouse",
            "snowflake-missing-account.json, snowflake, /template/config/account",
            "snowflake-unequal-batch.json, snowflake, /inputs/name",
            "databricks-no-compute.json, databricks, /template/custom/databricksConf",
            "databricks-foreign-host.json, databricks, /template/custom/databricksInstance",
            "bigquery-missing-project.json, bigquery_query_job_task, /template/custom/ProjectID",
            "bigquery-wrong-type.json, bigquery_query_job_task, /template/custom/maximumBytesBilled",
            "bigquery-no-statement.json, bigquery_query_job_task, /template/sql/statement"})
    void whatOnlyTheConnectorKnowsIsAcceptedAndFailsWithAPointer(String file, String taskType, String pointer)
            throws Exception {
        var error = failed("bad/" + file, taskType);
        assertEquals("USER", error.path("kind").asText());
        assertEquals(pointer, error.path("pointer").asText(), error.toString());
    }

    @Test
    void aTokenInTheClearIsRefused() throws Exception {
        var answer = door.put("databricks", read("bad/databricks-token.json"));
        assertEquals(400, answer.status());
        assertEquals("secret-value", answer.body().path("code").asText());
    }

    @Test
    void aWrongStatementFailsInThePlatformsWords() throws Exception {
        var body = read("bigquery.json").replace("SELECT word,", "SELEC word,").replace("f5d2a1", "f5d2a2");
        var answer = door.put("bigquery_query_job_task", body);
        ended("bigquery_query_job_task", answer.body().path("job_id").asText());
        var error = door.get("/api/v1/jobs/" + answer.body().path("job_id").asText()).body().path("error");
        assertEquals("BigQuery", error.at("/platform/name").asText(), error.toString());
        assertEquals("invalidQuery", error.at("/platform/code").asText());
        assertFalse(error.path("next_step").asText().isEmpty());
    }

    private JsonNode failed(String file, String taskType) throws Exception {
        var id = accepted(file, taskType);
        var ended = ended(taskType, id);
        assertEquals("FAILED", ended.path("phase").asText(), ended.toString());
        return door.get("/api/v1/jobs/" + id).body().path("error");
    }

    private String accepted(String file, String taskType) throws Exception {
        var answer = door.put(taskType, read(file));
        assertEquals(200, answer.status(), answer.body().toString());
        return answer.body().path("job_id").asText();
    }

    private JsonNode ended(String taskType, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> door.poll(taskType, id).body(),
                        body -> !body.path("job_state").asText().equals("running"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }
}
