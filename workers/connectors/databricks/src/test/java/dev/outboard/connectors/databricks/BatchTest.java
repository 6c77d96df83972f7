package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many runs at once. */
class BatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private List<Handle> created(int many) throws Exception {
        var handles = new ArrayList<Handle>();
        for (int i = 0; i < many; i++) {
            handles.add(bench.create(bench.small()));
        }
        return handles;
    }

    private Batch ask(List<Handle> handles, Instant since) throws Exception {
        return bench.connector.pollAll(Bench.HOST, Set.copyOf(handles), since);
    }

    @Test
    void allPagesAreReadAndPaidFor() throws Exception {
        bench.databricks.hold();
        var handles = created(60);
        bench.taken.clear();
        var batch = ask(handles, null);
        assertEquals(new HashSet<>(handles), batch.results().keySet());
        // 60 on pages of 25, and a look at the newest end
        assertEquals(List.of(Bench.HOST, Bench.HOST, Bench.HOST, Bench.HOST), bench.taken);
        assertEquals(4, bench.databricks.requests(Operation.LIST));
    }

    @Test
    void eachPageIsToldAtOnce() throws Exception {
        bench.databricks.hold();
        bench.databricks.pageSize(2);
        var handles = created(4);
        var asked = new ArrayList<Long>();
        bench.connector.pollAll(Bench.HOST, Set.copyOf(handles), null,
                (_, _) -> asked.add(bench.databricks.requests(Operation.LIST)));
        assertEquals(List.of(2L, 2L, 3L, 3L), asked);
    }

    @Test
    void patienceIsAskedForByItsName() throws Exception {
        var handles = created(1);
        bench.databricks.faults()
                .next(Operation.LIST,
                        new Fault.Answer(bench.databricks.tooManyRequests(Duration.ofSeconds(9)), false));
        var later = assertThrows(RetryLater.class, () -> ask(handles, null));
        assertEquals(Duration.ofSeconds(9), later.after());
    }

    @Test
    void aSecondLookTellsWhatHasEndedSince() throws Exception {
        bench.databricks.hold();
        var handles = created(30);
        var first = ask(handles, null);
        bench.pass(Duration.ofMinutes(1));
        bench.databricks.pace(Duration.ZERO, Duration.ofSeconds(1));
        var late = bench.create(bench.small());
        bench.pass(Duration.ofSeconds(2));
        assertInstanceOf(PollResult.Succeeded.class, bench.poll(late));
        handles.add(late);
        bench.taken.clear();
        var second = ask(handles, first.asOf());
        assertEquals(Map.of(late, bench.poll(late)), second.results());
        assertTrue(second.restUnchanged());
        assertTrue(second.asOf().isAfter(first.asOf()));
        assertEquals(1, bench.taken.size(), "one page");
        bench.databricks.finish();
        var third = ask(handles.subList(0, 30), second.asOf());
        assertEquals(30, third.results().size());
        assertTrue(third.results().values().stream().allMatch(PollResult.Succeeded.class::isInstance));
    }

    @Test
    void aFailuresTraceIsAskedFor() throws Exception {
        var handle = created(1).getFirst();
        bench.fails(handle, "RUN_EXECUTION_ERROR", "CLIENT_ERROR", "ValueError: no");
        bench.pass(Duration.ofMinutes(1));
        bench.taken.clear();
        var told = ask(List.of(handle), null).results().get(handle);
        assertEquals(bench.poll(handle), told);
        assertTrue(assertInstanceOf(PollResult.Failed.class, told).error().message().contains("Traceback"));
    }

    /** Ends of others are told all the same, and this one is asked for again. */
    @Test
    void anOutputThatCannotBeHadKeepsNobodyWaiting() throws Exception {
        var handles = created(2);
        bench.pass(Duration.ofMinutes(1));
        bench.poll(handles.getFirst());
        var broken = bench.create(bench.example("databricks-serverless-notebook.json"));
        bench.pass(Duration.ofMinutes(1));
        handles.add(broken);
        bench.databricks.faults()
                .always(Operation.OUTPUT, new Fault.Answer(bench.databricks.failure(500), false));
        var results = ask(handles, Instant.EPOCH).results();
        assertInstanceOf(PollResult.Retry.class, results.get(broken));
        assertEquals(3, results.size());
        assertInstanceOf(PollResult.Succeeded.class, results.get(handles.getFirst()));
    }

    /** Then where reading stops says nothing. */
    @Test
    void listsInAnotherOrderAreNotTrusted() throws Exception {
        bench.databricks.hold();
        var handle = created(1).getFirst();
        var since = Instant.ofEpochMilli(1_000_000_000_000L);
        bench.databricks.faults().next(Operation.LIST, new Fault.Answer(Reply.json(200, JSON.readTree("""
                {"runs": [{"run_id": 1, "end_time": 1000000005000}, {"run_id": 2, "end_time": 1000000009000}],
                 "has_more": false}""")), false));
        var batch = ask(List.of(handle), since);
        assertFalse(batch.restUnchanged());
        assertNull(batch.asOf());
    }

    /** A run that was skipped may have no end to its name. */
    @Test
    void aRunWithoutTimesStopsNobody() throws Exception {
        bench.databricks.hold();
        var handle = created(1).getFirst();
        bench.databricks.faults()
                .next(Operation.LIST,
                        new Fault.Answer(Reply.json(200,
                                JSON.readTree(
                                        """
                                                {"runs": [{"run_id": 1}, {"run_id": %s, "end_time": 1000000009000, "run_page_url": "https://w/1",
                                                 "status": {"state": "TERMINATED", "termination_details": {"code": "SUCCESS"}}}]}"""
                                                .formatted(Bench.runId(handle)))),
                                false));
        var batch = ask(List.of(handle), Instant.ofEpochMilli(1_000_000_000_000L));
        assertInstanceOf(PollResult.Succeeded.class, batch.results().get(handle));
        assertTrue(batch.restUnchanged());
        assertEquals(Instant.ofEpochMilli(1_000_000_009_000L), batch.asOf());
    }

    /** By less than the margin. */
    @Test
    void anEndThatIsListedLateIsSeen() throws Exception {
        bench.databricks.hold();
        var handle = created(1).getFirst();
        bench.databricks.faults()
                .next(Operation.LIST, new Fault.Answer(Reply.json(200, JSON.readTree("""
                        {"runs": [{"run_id": 1, "end_time": 999999998000}, {"run_id": %s, "end_time": 999999990000,
                         "status": {"state": "TERMINATED", "termination_details": {"code": "SUCCESS"}}},
                         {"run_id": 2, "end_time": 999999980000}], "has_more": true, "next_page_token": "more"}"""
                        .formatted(Bench.runId(handle)))), false));
        var batch = ask(List.of(handle), Instant.ofEpochMilli(1_000_000_000_000L));
        assertInstanceOf(PollResult.Succeeded.class, batch.results().get(handle));
        assertTrue(batch.restUnchanged());
        assertEquals(1, bench.databricks.requests(Operation.LIST), "no page beyond the margin");
    }

    /** Round after round, over lists that lag: whoever is not told of has not ended, as far as lists show. */
    @Test
    void noEndIsMissed() throws Exception {
        var random = new Random(17);
        var handles = new ArrayList<Handle>();
        for (int i = 0; i < 80; i++) {
            bench.databricks.pace(Duration.ofSeconds(random.nextInt(5)), Duration.ofMillis(random.nextInt(120_000)));
            handles.add(bench.create(bench.small()));
            bench.pass(Duration.ofMillis(random.nextInt(200)));
        }
        bench.databricks.pageSize(3);
        bench.databricks.listLag(Duration.ofSeconds(20));
        var first = ask(handles, null);
        assertTrue(first.results().keySet().containsAll(handles));
        var waiting = new HashSet<>(handles);
        waiting.removeIf(handle -> !(first.results().get(handle) instanceof PollResult.Running));
        assertFalse(waiting.isEmpty());
        var since = first.asOf();
        for (int round = 0; round < 80 && !waiting.isEmpty(); round++) {
            bench.pass(Duration.ofMillis(random.nextInt(5_000)));
            var batch = ask(List.copyOf(waiting), since);
            assertTrue(batch.restUnchanged());
            assertFalse(batch.asOf().isBefore(since));
            since = batch.asOf();
            waiting.removeIf(handle -> batch.results().get(handle) instanceof PollResult.Succeeded);
        }
        assertEquals(Set.of(), waiting);
    }

    @Test
    void aPageThatLeadsToItselfEnds() throws Exception {
        var handle = created(1).getFirst();
        bench.databricks.faults()
                .always(Operation.LIST, new Fault.Answer(Reply.json(200, JSON.readTree(
                        """
                                {"runs": [{"run_id": 1, "end_time": 1000000009000}], "has_more": true, "next_page_token": "x"}""")),
                        false));
        assertFalse(ask(List.of(handle), Instant.ofEpochMilli(1_000_000_000_000L)).restUnchanged());
        assertEquals(2, bench.databricks.requests(Operation.LIST));
    }
}
