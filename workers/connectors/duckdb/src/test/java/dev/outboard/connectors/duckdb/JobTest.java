package dev.outboard.connectors.duckdb;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/** A stop that meets a run at the moments that no test of a real query can hit on purpose. */
class JobTest {
    private static final PollResult DONE = new PollResult.Succeeded(Map.of(), Map.of());
    private final List<Job> ended = new ArrayList<>();

    private Job job(Job.QueryRun query) {
        return new Job("k", query, Clock.systemUTC(), Duration.ofSeconds(1), _ -> {
        }, ended::add);
    }

    @Test
    void stopBeforeTheCommitWins() {
        for (Job.Stop why : Job.Stop.values()) {
            Job job = job(run -> {
                assertFalse(run.stop(why));
                run.commit();
                return DONE;
            });
            job.run();
            switch (job.poll()) {
                case PollResult.Cancelled() -> assertEquals(Job.Stop.CANCEL, why);
                case PollResult.Failed(TaskError error, _, _) -> assertEquals("Timeout", error.code());
                default -> throw new AssertionError(job.poll());
            }
            assertTrue(job.stop(why), "has ended");
            assertEquals(List.of(job), ended);
            ended.clear();
        }
    }

    @Test
    void stopAfterTheCommitIsTooLate() {
        Job job = job(run -> {
            run.commit();
            assertFalse(run.stop(Job.Stop.CANCEL), "not ended yet");
            assertInstanceOf(PollResult.Running.class, run.poll());
            return DONE;
        });
        job.run();
        assertEquals(DONE, job.poll());
        assertTrue(job.stop(Job.Stop.CANCEL));
        assertEquals(DONE, job.poll());
    }

    @Test
    void stoppedWhileWaitingNeverRuns() {
        Job job = job(_ -> {
            throw new AssertionError("ran");
        });
        assertTrue(job.stop(Job.Stop.CANCEL));
        job.run();
        assertInstanceOf(PollResult.Cancelled.class, job.poll());
        assertEquals(List.of(job), ended);
    }

    @Test
    void interruptThatComesTooEarlyIsRepeated() throws Exception {
        try (Jobs jobs = new Jobs(1, Duration.ofHours(1), Clock.systemUTC());
                var connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                var query = connection.prepare(Bench.LONG)) {
            jobs.add("k", "job", run -> {
                run.executing(query);
                // nothing is executed yet, so DuckDB has nothing to interrupt
                jobs.stop("k");
                try {
                    query.execute();
                } catch (SQLException e) {
                    run.checkStopped();
                }
                return DONE;
            });
            try {
                await().until(() -> jobs.poll("k") instanceof PollResult.Cancelled);
            } finally {
                // or a query that goes on would keep its connection from closing
                if (!query.isClosed()) {
                    query.cancel();
                }
            }
        }
    }

    @Test
    void bugEndsTheJobToo() {
        Job job = job(_ -> {
            throw new IllegalStateException("bug");
        });
        job.run();
        assertEquals(TaskError.Kind.SYSTEM, ((PollResult.Failed) job.poll()).error().kind());
        assertEquals(List.of(job), ended);
    }
}
