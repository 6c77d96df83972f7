package dev.outboard.connectors.bigquery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Batch;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many jobs by few requests, each of them paid for. */
class BatchTest {
    private final Bench bench = new Bench(Map.of("projects", "flyte"));
    private final Set<Handle> handles = new LinkedHashSet<>();
    private int keys;

    @BeforeEach
    void hold() {
        bench.simulator.hold();
        bench.simulator.pageSize(10);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Handle create(String location) throws Exception {
        var request = Requests.request(Requests.key(keys++), "SELECT 1",
                Map.of("ProjectID", "flyte", "Location", location));
        return assertInstanceOf(CreateResult.Created.class, bench.connector.create(request)).handle();
    }

    private void create(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            handles.add(create("US"));
        }
    }

    private Batch ask() throws Exception {
        return bench.connector.pollAll("flyte", handles, null);
    }

    @Test
    void whatRunsTakesOnePageForEachPageful() throws Exception {
        create(25);
        var batch = ask();
        assertEquals(handles, batch.results().keySet());
        assertEquals(3, bench.simulator.requests(Operation.LIST));
        assertEquals(Map.of("flyte", 3), bench.budget.taken);
        assertFalse(batch.restUnchanged());
        assertNull(batch.asOf(), "BigQuery cannot say what has changed");
    }

    @Test
    void whatHasEndedIsToldAsASinglePollTellsIt() throws Exception {
        create(5);
        bench.simulator.finish();
        create(5);
        var batch = ask();
        for (var handle : handles) {
            assertEquals(bench.connector.poll(handle, bench.secrets()), batch.results().get(handle));
        }
        assertEquals(2, bench.simulator.requests(Operation.LIST));
        assertEquals(5, batch.results().values().stream().filter(PollResult.Succeeded.class::isInstance).count());
    }

    @Test
    void pagesThatTellNothingOfOursAreNotTurned() throws Exception {
        create(1);
        for (int i = 0; i < 50; i++) {
            create("US");
        }
        create(1);
        bench.simulator.finish();
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> bench.connector.poll(handles.iterator().next(),
                        bench.secrets()) instanceof PollResult.Succeeded);
        var batch = ask();
        // none runs; of what has ended the first page tells of the newest, the second of none, so it ends there
        assertEquals(3, bench.simulator.requests(Operation.LIST));
        assertEquals(1, batch.results().size());
    }

    @Test
    void whatNoListShowsIsLeftOut() throws Exception {
        create(1);
        var away = create("EU");
        handles.add(away);
        var flytes = new Handle(0, "{\"job_id\": \"x\", \"project\": \"flyte\", \"location\": \"US\"}");
        handles.add(flytes);
        bench.simulator.unreachable("EU");
        var batch = ask();
        assertEquals(1, batch.results().size());
        assertFalse(batch.restUnchanged());
        assertThrows(IOException.class, () -> bench.connector.list(Requests.INSTALLATION), "all or nothing");
        bench.simulator.unreachable(null);
        assertInstanceOf(ListResult.Listed.class, bench.connector.list(Requests.INSTALLATION));
        bench.simulator.listLag(Duration.ofSeconds(30));
        handles.clear();
        create(1);
        assertTrue(ask().results().isEmpty());
    }

    @Test
    void aRefusedPageLosesNotThoseBefore() throws Exception {
        create(25);
        bench.simulator.limit(1);
        assertEquals(10, ask().results().size());
        assertThrows(IOException.class, this::ask);
    }

    @Test
    void withoutProjectsNothingIsListed() throws Exception {
        try (var other = new Bench()) {
            assertInstanceOf(ListResult.CannotList.class, other.connector.list(Requests.INSTALLATION));
        }
    }
}
