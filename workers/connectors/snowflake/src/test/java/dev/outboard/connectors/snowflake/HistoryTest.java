package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.Plan;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.snowflake.Pace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many jobs by one look, and looks that have to go on. */
class HistoryTest {
    private Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private void with(Map<String, String> settings) throws Exception {
        bench.close();
        bench = new Bench(settings);
    }

    private Batch ask(Set<Handle> handles, Instant since) throws Exception {
        return bench.connector.pollAll(bench.connector.account(handles.iterator().next()), handles, since);
    }

    private Set<Handle> created(int count) throws Exception {
        var handles = new HashSet<Handle>();
        for (int i = 0; i < count; i++) {
            handles.add(bench.create("SELECT " + i));
        }
        return handles;
    }

    @Test
    void oneRequestTellsOfManyJobs() throws Exception {
        bench.snowflake.hold();
        var handles = created(300);
        bench.snowflake.partition(100);
        var batch = ask(handles, null);
        assertEquals(handles, batch.results().keySet());
        assertFalse(batch.restUnchanged());
        assertEquals(1, bench.snowflake.requests(Operation.LIST));
        assertEquals(2, bench.snowflake.requests(Operation.OUTPUT), "two more partitions");
        assertEquals(3, bench.taken.size(), "each request has its budget");
        assertEquals(0, bench.snowflake.requests(Operation.POLL));
    }

    @Test
    void sinceThenOnlyWhatHasChanged() throws Exception {
        bench.snowflake.pace(new Pace(Duration.ofMinutes(5), Duration.ZERO, Duration.ofMinutes(5)));
        var queued = created(3);
        var first = ask(queued, null);
        assertTrue(first.results().values().stream().allMatch(each -> ((PollResult.Running) each).queued()));
        bench.clock.advance(Duration.ofMinutes(2));
        var second = ask(queued, first.asOf().plusSeconds(61));
        assertEquals(Map.of(), second.results());
        assertTrue(second.restUnchanged());
        bench.clock.advance(Duration.ofMinutes(4));
        var third = ask(queued, second.asOf());
        assertEquals(3, third.results().size(), "they run now");
        assertFalse(((PollResult.Running) third.results().values().iterator().next()).queued());
    }

    @Test
    void withoutAWarehouseOfItsOwnThereAreNoBatches() throws Exception {
        with(Map.of("history-warehouse", " "));
        assertEquals(new Batch(Map.of(), false, null), ask(created(1), null));
        assertEquals(0, bench.snowflake.requests(Operation.LIST));
    }

    @Test
    void aLookThatFailsSaysWhy() throws Exception {
        with(Map.of("history-warehouse", "\"no such one\""));
        var handles = created(1);
        var thrown = assertThrows(IOException.class, () -> ask(handles, null));
        assertTrue(thrown.getMessage().contains("000606"), thrown.getMessage());
    }

    /** Others' statements of the same user come first; what is looked for lies further back. */
    @Test
    void aLookGoesOnWhereThereIsMore() throws Exception {
        var request = bench.request("SELECT 0", Map.of());
        bench.end(bench.create(request));
        for (int i = 0; i < 25; i++) {
            bench.clock.advance(Duration.ofMillis(2));
            bench.end("SELECT 1");
        }
        var settings = SnowflakeSettings.of(bench.snowflake.settings());
        try (var api = new SqlApi(settings, new Tokens(bench.clock), Budget.UNLIMITED)) {
            var history = new History(api, settings, Budget.UNLIMITED, 10);
            var meta = Job.of(request, settings).meta();
            var caller = new SqlApi.Caller(meta, bench::secret, "");
            var wanted = new History.Wanted("find", null, "startswith(h.query_tag, ?)", Tag.key(request));
            var seen = history.all(caller, wanted, true);
            assertEquals(1, seen.lines().size());
            assertTrue(seen.whole());
            assertTrue(bench.snowflake.requests(Operation.FIND) >= 3);
            assertFalse(history.latest(caller, wanted).whole(), "one look sees ten statements");
        }
    }

    @Test
    void aListKnowsItsJobsAgain() throws Exception {
        assertInstanceOf(ListResult.CannotList.class, bench.connector.list("here"));
        with(Map.of("account", "MYORG-ACCOUNT1", "user", "FLYTE"));
        var handle = bench.create("SELECT 1");
        bench.end(handle);
        var listed = assertInstanceOf(ListResult.Listed.class, bench.connector.list("here")).jobs();
        assertEquals(1, listed.size());
        assertEquals(handle, listed.getFirst().handle());
        assertFalse(listed.getFirst().live());
        assertEquals(new ListResult.Listed(java.util.List.of()), bench.connector.list("her"));
        bench.snowflake.faults().next(Operation.LIST, new Fault.Truncate());
        assertThrows(IOException.class, () -> bench.connector.list("here"));
    }

    @Test
    void installationsOfAnyNameAreToldApart() {
        assertEquals("outboard:a%3Ab+c:", Tag.installation("a:b c"));
        assertEquals("outboard:Aa0-_Zz:", Tag.installation("Aa0-_Zz"));
        assertTrue(Tag.read("outboard:here:k:{\"fp\":\"f\"").isEmpty(), "cut");
        assertTrue(Tag.read("somebody's").isEmpty());
    }

    @Test
    void aPlanIsAnExplain() throws Exception {
        var good = bench.request("SELECT * FROM CUSTOMER WHERE C_NATIONKEY = %(n)s", Map.of("n", 1L));
        var plan = assertInstanceOf(Plan.Feasible.class, bench.connector.plan(good));
        assertEquals(65_536L, plan.info().get("bytes"));
        assertEquals("InvalidQuery", assertInstanceOf(Plan.Refused.class,
                bench.connector.plan(bench.request("SELEC 1", Map.of()))).error().code());
        assertEquals(0, bench.snowflake.ledger().size(), "nothing was run");
        assertEquals(2, bench.taken.size());
    }

    @Test
    void namesAreReadAsPythonsDriverReadsThem() {
        assertEquals("COMPUTE_WH", Names.stored("compute_wh"));
        assertEquals("my \"wh", Names.stored("\"my \"\"wh\""));
        assertEquals("org/acc-x", new Account("org-acc-x").path(Meta.Form.V2));
        assertEquals("acc/org", new Account("org-acc-x").path(Meta.Form.V1));
        assertEquals("acc", new Account("acc").path(Meta.Form.V1));
        assertEquals("us-east-2.aws/xy1", new Account("xy1.us-east-2.aws").path(Meta.Form.V1));
    }
}
