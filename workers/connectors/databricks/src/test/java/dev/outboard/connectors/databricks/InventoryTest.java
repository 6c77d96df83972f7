package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.ListResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sweep sees. */
class InventoryTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    /** What ends between the two lists of a sweep is in the second. */
    @Test
    void aSweepMissesNoneThatEndsMeanwhile() throws Exception {
        var handle = bench.create(bench.small());
        bench.databricks.finish();
        bench.databricks.faults()
                .next(Operation.LIST, new Fault.Answer(Reply.json(200, Map.of("has_more", false)), false));
        var jobs = assertInstanceOf(ListResult.Listed.class, bench.connector.list("here")).jobs();
        assertEquals(List.of(handle), jobs.stream().map(ExternalJob::handle).toList());
    }

    @Test
    void aSweepSeesWhatIsOursInAllStates() throws Exception {
        bench.databricks.hold();
        var ended = bench.small();
        var endedHandle = bench.create(ended);
        bench.databricks.finish();
        var live = bench.small();
        var liveHandle = bench.create(live);
        var jobs = assertInstanceOf(ListResult.Listed.class, bench.connector.list("here")).jobs();
        assertEquals(2, jobs.size());
        for (var job : jobs) {
            boolean lives = job.handle().equals(liveHandle);
            assertEquals(lives, job.live());
            assertEquals(lives ? live.key() : ended.key(), job.key());
            assertEquals(lives ? live.jobId() : ended.jobId(), job.jobId());
            assertEquals("databricks", job.taskType());
        }
        assertTrue(jobs.stream().anyMatch(job -> job.handle().equals(endedHandle)));
        assertEquals(new ListResult.Listed(List.of()), bench.connector.list("elsewhere"));
    }
}
