package dev.outboard.connectors.bigquery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import dev.outboard.testkit.bigquery.BigQuerySimulator;
import dev.outboard.testkit.sim.SimClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own high-level client finds in the simulator what it expects of BigQuery. */
class SimulatorTest {
    private static final String SHAKESPEARE = "`bigquery-public-data.samples.shakespeare`";

    private final BigQuerySimulator simulator = BigQuerySimulator.start(SimClock.running(), 0);
    private BigQuery client;
    private int jobs;

    @BeforeEach
    void connect() throws Exception {
        simulator.pace(Duration.ZERO, Duration.ZERO);
        var key = simulator.secrets().get(BigQuerySimulator.SECRET);
        client = BigQueryOptions.newBuilder()
                .setProjectId("flyte")
                .setHost(simulator.url().toString())
                .setCredentials(ServiceAccountCredentials
                        .fromStream(new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8))))
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private JobId id(String location) {
        return JobId.newBuilder().setJob("job-" + ++jobs).setLocation(location).build();
    }

    private Job run(QueryJobConfiguration query) {
        return run(id("US"), query);
    }

    private Job run(JobId id, QueryJobConfiguration query) {
        client.create(JobInfo.of(id, query));
        return await().pollInterval(Duration.ofMillis(10))
                .until(() -> client.getJob(id), job -> job.getStatus().getState() == JobStatus.State.DONE);
    }

    private static List<List<Object>> rows(TableResult result) {
        var rows = new ArrayList<List<Object>>();
        result.iterateAll().forEach(row -> rows.add(row.stream().map(cell -> cell.getValue()).toList()));
        return rows;
    }

    @Test
    void aQueryRunsAndItsRowsAreRead() throws Exception {
        var query = QueryJobConfiguration.newBuilder("SELECT word, SUM(word_count) AS n FROM " + SHAKESPEARE
                + " WHERE corpus IN UNNEST(@works) GROUP BY word HAVING n > @least ORDER BY n DESC")
                .addNamedParameter("works", QueryParameterValue.array(new String[]{"hamlet", "macbeth"}, String.class))
                .addNamedParameter("least", QueryParameterValue.int64(500))
                .build();
        var job = run(query);
        assertNull(job.getStatus().getError());
        var result = job.getQueryResults();
        var rows = rows(result);
        assertEquals(result.getTotalRows(), rows.size());
        assertEquals("the", rows.getFirst().getFirst());
        assertEquals(List.of("word", "n"),
                result.getSchema().getFields().stream().map(field -> field.getName()).toList());
        QueryStatistics statistics = job.getStatistics();
        assertTrue(statistics.getTotalBytesProcessed() > 0);
        assertEquals("SELECT", statistics.getStatementType().toString());
        assertTrue(statistics.getEndTime() >= statistics.getStartTime());
        assertNotNull(((QueryJobConfiguration) job.getConfiguration()).getDestinationTable());
    }

    @Test
    void valuesKeepTheirTypes() throws Exception {
        var job = run(QueryJobConfiguration.of("SELECT 1.5 AS f, TRUE AS b, DATE '2026-11-20' AS d, \"it's\" AS s,"
                + " CAST(2 AS INT64) AS i, [1, 2] AS a, b'xy' AS raw, CAST(NULL AS STRING) AS nothing"));
        var result = job.getQueryResults();
        assertEquals(List.of("NUMERIC", "BOOLEAN", "DATE", "STRING", "INTEGER", "INTEGER", "BYTES", "STRING"),
                result.getSchema().getFields().stream().map(field -> field.getType().name()).toList());
        var row = result.iterateAll().iterator().next();
        assertEquals("it's", row.get("s").getStringValue());
        assertEquals(2, row.get("i").getLongValue());
        assertEquals(2, row.get("a").getRepeatedValue().size());
        assertEquals("xy", new String(row.get("raw").getBytesValue(), StandardCharsets.UTF_8));
        assertTrue(row.get("nothing").isNull());
    }

    @Test
    void whatIsBuiltDifferentlyInTheEngineRunsToo() throws Exception {
        var job = run(QueryJobConfiguration.of("WITH works AS (SELECT DISTINCT corpus FROM "
                + "bigquery-public-data.samples.shakespeare) SELECT w.corpus, n, EXTRACT(YEAR FROM t.d) AS y FROM works w,"
                + " UNNEST([1, 2]) AS n, (SELECT DATE '2026-11-20' AS d) t JOIN UNNEST(GENERATE_ARRAY(1, 3)) m ON m = n"
                + " WHERE w.corpus = 'hamlet' -- one\n ORDER BY n"));
        assertNull(job.getStatus().getError());
        assertEquals(List.of(List.of("hamlet", "1", "2026"), List.of("hamlet", "2", "2026")),
                rows(job.getQueryResults()));
    }

    @Test
    void longResultsComeInPages() throws Exception {
        var job = run(QueryJobConfiguration.of("SELECT * FROM " + SHAKESPEARE));
        var all = rows(job.getQueryResults(BigQuery.QueryResultsOption.pageSize(700)));
        assertEquals(42 * 62, all.size());
        assertEquals(all.size(), all.stream().distinct().count());
    }

    @Test
    void errorsAreTheEngines() {
        var syntax = run(QueryJobConfiguration.of("SELEC 1")).getStatus().getError();
        assertEquals("invalidQuery", syntax.getReason());
        assertTrue(syntax.getMessage().contains("SELEC"), syntax.getMessage());
        var column = run(QueryJobConfiguration.of("SELECT verb FROM " + SHAKESPEARE)).getStatus().getError();
        assertEquals("invalidQuery", column.getReason());
        var table = run(QueryJobConfiguration.of("SELECT 1 FROM `flyte.no.such`")).getStatus().getError();
        assertEquals("notFound", table.getReason());
        assertTrue(table.getMessage().startsWith("Not found: Table flyte:no.such"), table.getMessage());
        var parameter = run(QueryJobConfiguration.of("SELECT @x")).getStatus().getError();
        assertEquals("Query parameter 'x' not found", parameter.getMessage());
        var dear = run(QueryJobConfiguration.newBuilder("SELECT * FROM " + SHAKESPEARE)
                .setMaximumBytesBilled(1_000L)
                .build()).getStatus().getError();
        assertEquals("bytesBilledLimitExceeded", dear.getReason());
        var file = run(QueryJobConfiguration.of("SELECT * FROM read_text('/etc/hostname')")).getStatus().getError();
        assertEquals("invalidQuery", file.getReason());
        assertTrue(file.getMessage().contains("disabled"), file.getMessage());
    }

    @Test
    void aCancelInterruptsTheEngine() {
        var s = SHAKESPEARE;
        var id = id("US");
        client.create(JobInfo.of(id, QueryJobConfiguration.of("SELECT COUNT(*) FROM " + s + " a, " + s + " b, " + s
                + " c WHERE a.word < b.word AND b.word_count + c.word_count > a.word_count")));
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> client.getJob(id).getStatus().getState() == JobStatus.State.RUNNING);
        assertTrue(client.cancel(id));
        var ended = await().pollInterval(Duration.ofMillis(10))
                .until(() -> client.getJob(id), job -> job.getStatus().getState() == JobStatus.State.DONE);
        assertEquals("stopped", ended.getStatus().getError().getReason());
        assertTrue(client.cancel(id), "a repeated cancel is harmless");
        assertFalse(client.cancel(JobId.of("no-such")));
        assertEquals(2, simulator.ledger().getFirst().cancels());
    }

    @Test
    void aSecondJobOfTheSameIdConflicts() {
        var id = id("EU");
        client.create(JobInfo.of(id, QueryJobConfiguration.of("SELECT 1")));
        // this client hides the conflict: it reads the job that is there, and that it is another does not matter to it
        assertEquals(id.getJob(),
                client.create(JobInfo.of(id, QueryJobConfiguration.of("SELECT 2"))).getJobId().getJob());
        assertEquals(1, simulator.ledger().size());
    }

    @Test
    void aLocationIsNeededOutsideTheUs() {
        var id = id("EU");
        run(id, QueryJobConfiguration.of("SELECT 1"));
        assertNull(client.getJob(JobId.of(id.getJob())));
        assertNotNull(client.getJob(id));
    }

    @Test
    void destinationsAreWrittenByTheirDisposition() throws Exception {
        var to = TableId.of("flyte", "reports", "words");
        var query = QueryJobConfiguration.newBuilder("SELECT 1 AS n").setDestinationTable(to);
        assertNull(run(query.build()).getStatus().getError());
        assertEquals("duplicate", run(query.build()).getStatus().getError().getReason());
        assertNull(run(query.setWriteDisposition(WriteDisposition.WRITE_APPEND).build()).getStatus().getError());
        assertEquals(2, rows(client.listTableData(to)).size());
        assertNull(run(query.setWriteDisposition(WriteDisposition.WRITE_TRUNCATE).build()).getStatus().getError());
        assertEquals(1, StreamSupport.stream(client.listTableData(to).iterateAll().spliterator(), false).count());
        assertEquals("INTEGER", client.getTable(to).getDefinition().getSchema().getFields().get("n").getType().name());
        var created = run(QueryJobConfiguration.of("CREATE OR REPLACE TABLE `flyte.reports.more` AS SELECT n FROM"
                + " reports.words"));
        assertNull(created.getStatus().getError());
        assertEquals("more", ((QueryJobConfiguration) created.getConfiguration()).getDestinationTable().getTable());
        var inserted = run(QueryJobConfiguration.of("INSERT INTO reports.more VALUES (2), (3)"));
        assertEquals(2, ((QueryStatistics) inserted.getStatistics()).getNumDmlAffectedRows());
        assertEquals(3, rows(client.listTableData(TableId.of("flyte", "reports", "more"))).size());
    }

    @Test
    void jobsAreListedNewestFirstByStateAndPage() {
        for (int i = 0; i < 5; i++) {
            run(QueryJobConfiguration.of("SELECT " + i));
        }
        simulator.hold();
        client.create(JobInfo.of(id("US"), QueryJobConfiguration.of("SELECT 6")));
        simulator.pageSize(2);
        var page = client.listJobs(BigQuery.JobListOption.pageSize(100));
        assertTrue(page.hasNextPage());
        var all = StreamSupport.stream(page.iterateAll().spliterator(), false)
                .map(job -> job.getJobId().getJob())
                .toList();
        assertEquals(List.of("job-6", "job-5", "job-4", "job-3", "job-2", "job-1"), all);
        var running = client.listJobs(BigQuery.JobListOption.stateFilter(JobStatus.State.RUNNING,
                JobStatus.State.PENDING));
        assertEquals(List.of("job-6"), StreamSupport.stream(running.iterateAll().spliterator(), false)
                .map(job -> job.getJobId().getJob())
                .toList());
    }

    @Test
    void aDryRunCreatesNothing() {
        var looked = client.create(JobInfo.of(QueryJobConfiguration.newBuilder("SELECT * FROM " + SHAKESPEARE)
                .setDryRun(true)
                .build()));
        assertTrue(((QueryStatistics) looked.getStatistics()).getTotalBytesProcessed() > 0);
        var refused = assertThrows(BigQueryException.class, () -> client.create(
                JobInfo.of(
                        QueryJobConfiguration.newBuilder("SELECT verb FROM " + SHAKESPEARE).setDryRun(true).build())));
        assertEquals(400, refused.getCode());
        assertEquals("invalidQuery", refused.getReason());
        assertEquals(List.of(), simulator.ledger());
    }

    @Test
    void tokensRunOut() {
        var id = id("US");
        run(id, QueryJobConfiguration.of("SELECT 1"));
        simulator.clock().advance(Duration.ofMinutes(61));
        assertNotNull(client.getJob(id), "the client fetches a new one");
        assertEquals(2, simulator.requests(dev.outboard.testkit.sim.Operation.TOKEN));
    }

    @Test
    void whatBigQueryRefusesIsRefused() {
        var label = assertThrows(BigQueryException.class, () -> client.create(JobInfo.of(id("US"),
                QueryJobConfiguration.newBuilder("SELECT 1").setLabels(java.util.Map.of("Upper", "x")).build())));
        assertEquals("invalid", label.getReason());
        var name = assertThrows(BigQueryException.class, () -> client.create(JobInfo.of(JobId.of("no.dots"),
                QueryJobConfiguration.of("SELECT 1"))));
        assertEquals("invalid", name.getReason());
    }
}
