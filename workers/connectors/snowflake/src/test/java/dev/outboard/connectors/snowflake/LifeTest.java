package dev.outboard.connectors.snowflake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Create, find, poll and delete against the simulator. */
class LifeTest {
    private static final String LONG = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";
    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void theFlyte1ExampleReturnsRows() throws Exception {
        var request = bench.example("snowflake.json");
        assertEquals(Optional.empty(), bench.connector.check(request));
        var created = assertInstanceOf(CreateResult.Created.class, bench.connector.create(request));
        var id = Meta.of(created.handle()).queryId();
        var link = new Link("Snowflake Query Details",
                "https://app.snowflake.com/ACCOUNT1/MYORG/#/compute/history/queries/" + id + "/detail");
        assertEquals(List.of(link), created.links());
        var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(created.handle()));
        assertEquals(100L, end.info().get("rows"));
        assertEquals(id, end.info().get("queryId"));
        assertEquals(Map.of("results", new StructuredDataset("snowflake://FLYTE:MYORG-ACCOUNT1/COMPUTE_WH/"
                + "SNOWFLAKE_SAMPLE_DATA/TPCH_SF1000/" + id, "")), end.outputs());
    }

    @Test
    void theFlyte2ExampleInsertsItsRows() throws Exception {
        bench.secrets.remove("snowflake_private_key");
        var request = bench.example("snowflake-v2.json");
        assertEquals(Optional.empty(), bench.connector.check(request));
        var created = assertInstanceOf(CreateResult.Created.class, bench.connector.create(request));
        assertEquals("Snowflake Dashboard", created.links().getFirst().name());
        assertTrue(created.links().getFirst().uri().startsWith("https://app.snowflake.com/MYORG/ACCOUNT1/#/"));
        var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(created.handle()));
        assertEquals(3L, end.info().get("rows"));
        assertEquals(Map.of(), end.outputs());
        bench.secrets.putAll(bench.snowflake.secrets());
        var read = bench.custom("SELECT * FROM people WHERE name = %(n)s AND id = %(i)s", Map.of("n", "b", "i", 2L),
                Map.of());
        assertEquals(1L,
                assertInstanceOf(PollResult.Succeeded.class, bench.end(bench.create(read))).info().get("rows"));
    }

    @Test
    void aRunningQueryIsCancelled() throws Exception {
        var handle = bench.create(LONG);
        assertInstanceOf(PollResult.Running.class, bench.poll(handle));
        assertEquals(new PollResult.Cancelled(), bench.delete(handle));
        assertEquals(new PollResult.Cancelled(), bench.delete(handle));
        assertEquals(new PollResult.Cancelled(), bench.poll(handle));
        assertEquals(1, bench.snowflake.ledger().getFirst().cancels());
    }

    @Test
    void aDeleteAfterTheEndTellsTheEnd() throws Exception {
        var handle = bench.create("SELECT 1");
        assertEquals(bench.end(handle), bench.delete(handle));
    }

    @Test
    void theSameKeyInOneProcessIsAdopted() throws Exception {
        var request = bench.request("SELECT 1", Map.of());
        var handle = bench.create(request);
        assertEquals(handle, assertInstanceOf(CreateResult.Adopted.class, bench.connector.create(request)).handle());
        var other = bench.request(request.key(), Bench.template("SELECT 2", Map.of(), Bench.CONFIG, Set.of()),
                Map.of());
        var different = new CreateRequest(other.installation(), other.key(), other.jobId(), "another",
                1,
                other.template(), other.inputs(), null, Map.of(), other.secrets());
        assertEquals("KeyConflict",
                assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(different)).error().code());
        assertEquals(1, bench.snowflake.ledger().size());
    }

    @Test
    void aLostAnswerIsFoundByItsTag() throws Exception {
        var request = bench.request("SELECT 1", Map.of());
        bench.snowflake.faults().next(Operation.CREATE, new Fault.Drop(true));
        assertThrows(IOException.class, () -> bench.connector.create(request));
        try (var second = new Worker(bench)) {
            var found = second.connector.find(request).orElseThrow();
            assertInstanceOf(PollResult.Succeeded.class, bench.end(found));
            assertEquals(found, assertInstanceOf(CreateResult.Adopted.class, bench.connector.create(request)).handle());
        }
        assertEquals(1, bench.snowflake.ledger().size());
        assertEquals(request.key(), bench.snowflake.ledger().getFirst().key());
    }

    @Test
    void whoMayRepeatItselfLooksFirstAndSaysSo() throws Exception {
        var request = bench.request("SELECT 1", Map.of());
        assertEquals(Optional.empty(), bench.connector.find(request));
        bench.create(request);
        assertEquals(2, bench.snowflake.requests(Operation.FIND), "the look-up of find and the one of create");
        assertEquals(List.of("MYORG-ACCOUNT1|FLYTE||"), bench.taken, "the request beyond the create's first");
    }

    /** The history does not show it yet, but the same request id does it. */
    @Test
    void whatHasSucceededIsNotRunAgainEvenUnseen() throws Exception {
        var request = bench.request("SELECT 1", Map.of());
        bench.snowflake.lag(Duration.ofHours(1));
        bench.snowflake.faults().next(Operation.CREATE, new Fault.Drop(true));
        assertThrows(IOException.class, () -> bench.connector.create(request));
        await().until(() -> !bench.snowflake.ledger().getFirst().live());
        assertEquals(Optional.empty(), bench.connector.find(request));
        bench.create(request);
        assertEquals(1, bench.snowflake.ledger().size());
    }

    @Test
    void namesNeedNotBeInUpperCase() throws Exception {
        var config = new HashMap<>(Bench.CONFIG);
        config.replaceAll((name, value) -> name.equals("account") ? value : value.toLowerCase());
        var request = bench.request(Bench.template("SELECT * FROM customer", Map.of(), config, Set.of()), Map.of());
        assertInstanceOf(PollResult.Succeeded.class, bench.end(bench.create(request)));
    }

    @Test
    void aFirstCreateIsOneRequest() throws Exception {
        bench.create("SELECT 1");
        assertEquals(1, bench.snowflake.requests());
        assertEquals(List.of(), bench.taken);
    }

    @Test
    void anUnknownQueryIsGoneAfterALookIntoTheHistory() throws Exception {
        var known = Meta.of(bench.create("SELECT 1"));
        assertEquals(new PollResult.Gone(), bench.poll(known.with("01c0ffee-dead").handle()));
        assertEquals(1, bench.snowflake.requests(Operation.FIND));
    }

    @Test
    void flytesOwnMetasAreRead() throws Exception {
        var id = Meta.of(bench.create("SELECT 1")).queryId();
        var meta = "{\"user\":\"FLYTE\",\"account\":\"MYORG-ACCOUNT1\",\"database\":\"SNOWFLAKE_SAMPLE_DATA\","
                + "\"schema\":\"TPCH_SF1000\",\"warehouse\":\"COMPUTE_WH\",\"query_id\":\"" + id
                + "\",\"has_output\":true";
        var v1 = assertInstanceOf(PollResult.Succeeded.class, bench.end(new Handle(0, meta + "}")));
        assertTrue(v1.outputs().get("results").toString().contains("snowflake://FLYTE:MYORG-ACCOUNT1/"));
        var v2 = assertInstanceOf(PollResult.Succeeded.class,
                bench.end(new Handle(0, meta + ",\"connection_kwargs\":{\"role\":\"R\"}}")));
        assertTrue(v2.outputs().get("results").toString().contains("snowflake://FLYTE/MYORG-ACCOUNT1/"));
    }

    @Test
    void aBigResultIsNotKept() throws Exception {
        bench.snowflake.partition(1_000);
        var end = assertInstanceOf(PollResult.Succeeded.class,
                bench.end("SELECT repeat('x', 100), i FROM range(20000) t(i)"));
        assertEquals(20_000L, end.info().get("rows"));
        assertEquals(0, bench.snowflake.requests(Operation.OUTPUT));
    }

    @Test
    void aStatementThatTakesTooLongIsATimeOut() throws Exception {
        bench.snowflake.hold();
        var handle = bench.create("SELECT 1");
        bench.snowflake.faults()
                .next(Operation.POLL, new Fault.Answer(Reply.json(408, Map.of("code", "000630",
                        "message", "Statement reached its statement or warehouse timeout of 5 second(s)")), false));
        var failed = assertInstanceOf(PollResult.Failed.class, bench.poll(handle)).error();
        assertEquals("Timeout", failed.code());
        assertTrue(failed.retryable());
    }

    @Test
    void noConnectionIsPatienceNotDoubt() throws Exception {
        bench.snowflake.close();
        var retry = assertInstanceOf(CreateResult.Retry.class,
                bench.connector.create(bench.request("SELECT 1", Map.of())));
        assertEquals(Duration.ofSeconds(5), retry.after());
    }

    /** Another process. */
    private static final class Worker implements AutoCloseable {
        final SnowflakeConnector connector = new SnowflakeConnector();

        Worker(Bench bench) {
            connector.open(bench.context(Map.of()));
        }

        @Override
        public void close() throws Exception {
            connector.close();
        }
    }
}
