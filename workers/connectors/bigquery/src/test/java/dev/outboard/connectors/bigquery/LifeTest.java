package dev.outboard.connectors.bigquery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.Plan;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.spi.TaskError.Kind;
import dev.outboard.testkit.sim.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs from create to end, through the vendor's client, on the simulator. */
class LifeTest {
    private static final String KEY = Requests.key(1);
    private final Bench bench = new Bench(Map.of("projects", "flyte"));

    @AfterEach
    void close() {
        bench.close();
    }

    private Handle created(CreateRequest request) throws Exception {
        return assertInstanceOf(CreateResult.Created.class, bench.connector.create(request)).handle();
    }

    private PollResult ended(Handle handle) {
        return await().pollInterval(Duration.ofMillis(10))
                .until(() -> bench.connector.poll(handle, bench.secrets()),
                        now -> !(now instanceof PollResult.Running));
    }

    @Test
    void theExampleRunsToItsRows() throws Exception {
        var request = Requests.example(KEY, "bigquery.json");
        assertEquals(Optional.empty(), bench.connector.check(request));
        var created = assertInstanceOf(CreateResult.Created.class, bench.connector.create(request));
        assertEquals(
                List.of(new Link("BigQuery Console", "https://console.cloud.google.com/bigquery?project=flyte&j=bq:US:"
                        + KEY + "&page=queryresults")),
                created.links());
        var done = assertInstanceOf(PollResult.Succeeded.class, ended(created.handle()));
        var results = assertInstanceOf(StructuredDataset.class, done.outputs().get("results"));
        assertTrue(results.uri().matches("bq://flyte:_[0-9a-f]+\\.anon[0-9a-f]+"), results.uri());
        assertEquals("SELECT", done.info().get("statementType"));
        assertTrue(done.info()
                .keySet()
                .containsAll(List.of("totalBytesProcessed", "totalBytesBilled", "totalSlotMs",
                        "cacheHit", "queuedMs", "elapsedMs")),
                done.info().toString());
        var sent = new ObjectMapper().readTree(bench.simulator.configuration("flyte", "US", KEY));
        assertEquals("NAMED", sent.at("/query/parameterMode").asText());
        assertEquals(
                "{\"name\":\"min_count\",\"parameterType\":{\"type\":\"INT64\"},\"parameterValue\":{\"value\":\"1000\"}}",
                sent.at("/query/queryParameters/0").toString());
        assertEquals("1000000000", sent.at("/query/maximumBytesBilled").asText());
        assertEquals("[\"a\"]", sent.at("/query/clustering/fields").toString());
        assertEquals("f5d2a1", sent.at("/labels/execution-id").asText());
        assertEquals(request.jobId(), sent.at("/labels/outboard-job").asText());
    }

    @Test
    void aTableThatIsMadeIsTheOutput() throws Exception {
        var made = created(Requests.request(KEY, "CREATE TABLE `flyte.reports.words` AS SELECT 1 AS n"));
        var done = assertInstanceOf(PollResult.Succeeded.class, ended(made));
        assertEquals(Map.of("results", new StructuredDataset("bq://flyte:reports.words", "")), done.outputs());
        assertEquals("CREATE_TABLE_AS_SELECT", done.info().get("statementType"));
        var named = created(Requests.request(Requests.key(2), "SELECT 1 AS n", Map.of("ProjectID", "flyte",
                "destinationTable", Map.of("datasetId", "reports", "tableId", "ones"))));
        done = assertInstanceOf(PollResult.Succeeded.class, ended(named));
        assertEquals(Map.of("results", new StructuredDataset("bq://flyte:reports.ones", "")), done.outputs());
        var rows = created(Requests.request(Requests.key(3), "INSERT INTO reports.ones VALUES (2)"));
        done = assertInstanceOf(PollResult.Succeeded.class, ended(rows));
        assertEquals(Map.of(), done.outputs(), "a change of rows has no result");
        assertEquals(1L, done.info().get("affectedRows"));
    }

    @Test
    void warningsAreNoErrors() throws Exception {
        bench.simulator.warn("one row was odd");
        var done = assertInstanceOf(PollResult.Succeeded.class, ended(created(Requests.request(KEY, "SELECT 1"))));
        assertEquals(List.of("one row was odd"), done.info().get("warnings"));
    }

    @Test
    void aFailedJobTellsWhatAPersonNeeds() throws Exception {
        bench.simulator.warn("and another thing");
        var handle = created(Requests.request(KEY, "SELECT verb FROM `bigquery-public-data.samples.shakespeare`"));
        var error = assertInstanceOf(PollResult.Failed.class, ended(handle)).error();
        assertEquals(Kind.USER, error.kind());
        assertEquals("InvalidQuery", error.code());
        assertTrue(error.message().contains("verb") && error.message().endsWith("; and another thing"),
                error.message());
        var said = error.platform();
        assertEquals("BigQuery", said.platform());
        assertEquals(Category.USER, said.category());
        assertEquals("invalidQuery", said.code());
        assertEquals("flyte:US." + KEY, said.requestId());
        assertTrue(said.link().contains(KEY));
        assertEquals("Correct the query or its configuration.", error.nextStep());
    }

    @Test
    void whereBigQueryChoosesTheLocationTheConflictTellsIt() throws Exception {
        bench.simulator.dataset("eu_sales", "EU");
        var request = Requests.request(KEY, "CREATE TABLE eu_sales.words AS SELECT 1 AS n");
        var handle = created(request);
        assertEquals("EU", JobHandle.read(handle).location());
        assertInstanceOf(PollResult.Succeeded.class, ended(handle));
        var again = bench.connector.create(request);
        assertEquals(handle, assertInstanceOf(CreateResult.Adopted.class, again).handle());
        assertEquals(Map.of("flyte", 1), bench.budget.taken, "the look-up is paid for");
        var occupied = bench.connector.occupy(request);
        assertEquals(handle, assertInstanceOf(CreateResult.Adopted.class, occupied).handle());
    }

    @Test
    void aKeyIsOccupiedWhereTheQueryWouldRun() throws Exception {
        bench.simulator.dataset("eu_sales", "EU");
        var request = Requests.request(KEY, "CREATE TABLE eu_sales.words AS SELECT 1 AS n");
        assertInstanceOf(CreateResult.Created.class, bench.connector.occupy(request));
        assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(request));
        assertEquals(List.of("flyte:EU." + KEY), bench.simulator.ledger().stream().map(job -> job.id()).toList());
        // one that BigQuery refuses could not be created either
        var wrong = Requests.request(Requests.key(2), "SELECT verb FROM `bigquery-public-data.samples.shakespeare`");
        assertInstanceOf(CreateResult.Created.class, bench.connector.occupy(wrong));
        bench.simulator.faults()
                .next(Operation.OTHER,
                        new dev.outboard.testkit.sim.Fault.Answer(dev.outboard.testkit.sim.Reply.html(503), false));
        assertInstanceOf(CreateResult.Unknown.class,
                bench.connector.occupy(Requests.request(Requests.key(3), "SELECT 1")));
    }

    @Test
    void aJobThatIsThereButCannotBeReadIsNoRefusal() throws Exception {
        var request = Requests.request(KEY, "SELECT 1");
        created(request);
        bench.simulator.faults()
                .next(Operation.POLL,
                        new dev.outboard.testkit.sim.Fault.Answer(bench.simulator.unauthorized(), false));
        bench.simulator.faults()
                .next(Operation.TOKEN, new dev.outboard.testkit.sim.Fault.Answer(
                        dev.outboard.testkit.sim.Reply.json(400, Map.of("error", "invalid_grant")), false));
        assertInstanceOf(CreateResult.Unknown.class, bench.connector.create(request));
        assertInstanceOf(CreateResult.Adopted.class, bench.connector.create(request));
    }

    @Test
    void anotherJobUnderTheSameIdIsLeftAlone() throws Exception {
        bench.simulator.hold();
        var handle = created(Requests.request(KEY, "SELECT 1"));
        var other = bench.connector.create(Requests.with(Requests.request(KEY, "SELECT 2"), Requests.fingerprint('z')));
        var error = assertInstanceOf(CreateResult.Rejected.class, other).error();
        assertEquals("KeyTaken", error.code());
        assertEquals(Kind.SYSTEM, error.kind());
        assertTrue(error.message().contains("flyte:US." + KEY), error.message());
        assertInstanceOf(PollResult.Running.class, bench.connector.poll(handle, bench.secrets()));
    }

    @Test
    void anOccupiedKeyIsNotTakenForTheJob() throws Exception {
        var request = Requests.request(KEY, "CREATE TABLE `flyte.reports.never` AS SELECT 1 AS n");
        var occupied = assertInstanceOf(CreateResult.Created.class, bench.connector.occupy(request)).handle();
        assertEquals("KeyTaken",
                assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(request)).error().code());
        assertEquals(occupied, assertInstanceOf(CreateResult.Adopted.class, bench.connector.occupy(request)).handle());
        assertTrue(bench.simulator.configuration("flyte", "US", KEY).contains("\"query\":\"SELECT 1\""));
        assertEquals(1, bench.simulator.ledger().size());
    }

    @Test
    void aHandleOfFlytesOwnConnectorIsRead() throws Exception {
        bench.simulator.hold();
        var ours = created(Requests.request(KEY, "SELECT 1", Map.of("ProjectID", "flyte", "Location", "EU")));
        var flytes = new Handle(0, "{\"job_id\": \"" + KEY + "\", \"project\": \"flyte\", \"location\": \"EU\","
                + " \"user_agent\": \"Flytekit/1.16.24\"}");
        assertEquals(bench.connector.poll(ours, bench.secrets()), bench.connector.poll(flytes, bench.secrets()));
        assertEquals("flyte", bench.connector.account(flytes));
        assertInstanceOf(PollResult.Cancelled.class, await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> bench.connector.delete(flytes, bench.secrets()),
                        now -> !(now instanceof PollResult.Running)));
    }

    @Test
    void aStoppedJobIsCancelledUnlessItsTimeWasOver() throws Exception {
        bench.simulator.fail("stopped", "Job timed out after 10s");
        var error = assertInstanceOf(PollResult.Failed.class, ended(created(Requests.request(KEY, "SELECT 1"))))
                .error();
        assertEquals(Category.TIMEOUT, error.platform().category());
        bench.simulator.fail("stopped", "Job execution was cancelled: User requested cancellation");
        assertInstanceOf(PollResult.Cancelled.class, ended(created(Requests.request(Requests.key(2), "SELECT 1"))));
    }

    @Test
    void aPlanIsADryRun() throws Exception {
        var plan = bench.connector
                .plan(Requests.request(KEY, "SELECT * FROM `bigquery-public-data.samples.shakespeare`"));
        var info = assertInstanceOf(Plan.Feasible.class, plan).info();
        assertTrue((Long) info.get("totalBytesProcessed") > 0, info.toString());
        var refused = bench.connector.plan(Requests.request(KEY, "SELECT * FROM `flyte.no.such`"));
        assertEquals("NotFound", assertInstanceOf(Plan.Refused.class, refused).error().code());
        assertEquals(List.of(), bench.simulator.ledger());
    }

    @Test
    void whatIsOursIsListed() throws Exception {
        bench.simulator.pageSize(1);
        var ended = created(Requests.request(KEY, "SELECT 1"));
        ended(ended);
        bench.simulator.hold();
        var live = created(Requests.request(Requests.key(2), "SELECT 1"));
        var listed = assertInstanceOf(ListResult.Listed.class, bench.connector.list(Requests.INSTALLATION)).jobs();
        assertEquals(Map.of(ended, false, live, true), listed.stream()
                .collect(java.util.stream.Collectors.toMap(ExternalJob::handle, ExternalJob::live)));
        var job = listed.stream().filter(ExternalJob::live).findFirst().orElseThrow();
        assertEquals(Requests.key(2), job.key());
        assertEquals(Requests.TYPE, job.taskType());
        assertEquals("j" + Requests.key(2).substring(26), job.jobId());
        // one with only its case different
        var other = bench.connector.list(Requests.INSTALLATION.toLowerCase(java.util.Locale.ROOT));
        assertEquals(List.of(), assertInstanceOf(ListResult.Listed.class, other).jobs());
    }
}
