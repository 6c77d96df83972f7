package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.client.Job;
import dev.outboard.client.JobFilter;
import dev.outboard.client.JobRequest;
import dev.outboard.client.JobState;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import dev.outboard.standalone.roles.Stack;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The Java client against a whole stack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final JobRequest ENDLESS = JobRequest.sql("duckdb", "SELECT sum(i * i % 7) AS s FROM range($n) t(i)")
            .input("n", 1_000_000_000_000L);

    private Stack stack;
    private OutboardClient client;

    @BeforeAll
    void start(@TempDir Path dir) throws InterruptedException {
        stack = Stack.start(dir, 0, Map.of());
        stack.awaitReady(new PrintWriter(Writer.nullWriter()));
        client = OutboardClient.create(URI.create(stack.url()));
    }

    @AfterAll
    void stop() {
        client.close();
        stack.close();
    }

    /** Whatever a request can hold is what the server takes, and unknown members it refuses. */
    @Test
    void theServerTakesAllThatARequestCanHold() throws Exception {
        var request = JobRequest.sql("duckdb", "SELECT $n * 2 AS answer, $b AS b, $t AS t, $d AS d")
                .input("n", 21)
                .input("b", true)
                .input("t", "x")
                .input("d", 0.5)
                .named("answers")
                .in("demo", "development")
                .version(0)
                .label("team", "a")
                .retries(2)
                .timeout(Duration.ofMillis(90_050));
        var created = client.create(request, "the-key");
        assertFalse(created.replayed());
        var again = client.create(request, "the-key");
        assertTrue(again.replayed());
        assertEquals(created.job().id(), again.job().id());
        var job = client.await(created.job().id(), LONG);
        assertEquals(JobState.SUCCEEDED, job.state(), String.valueOf(job.error()));
        assertEquals("answers", job.name());
        assertEquals("demo", job.project());
        assertEquals(Map.of("team", "a"), job.labels());
        assertEquals(3, job.maxAttempts());
        assertFalse(job.outputs().isEmpty());
        var other = assertThrows(OutboardException.Refused.class,
                () -> client.create(ENDLESS.in("demo", "development"), "the-key"));
        assertEquals("idempotency-conflict", other.problem().code());
    }

    @Test
    void aJobIsWatchedUntilItsCancelIsConfirmed() throws Exception {
        var id = client.create(ENDLESS).job().id();
        var seen = new CopyOnWriteArrayList<JobState>();
        try (var watch = client.watch(id, job -> seen.add(job.state()))) {
            await().atMost(LONG).until(() -> seen.contains(JobState.RUNNING));
            var up = assertThrows(OutboardException.TimedOut.class, () -> client.await(id, Duration.ofSeconds(1)));
            assertEquals(JobState.RUNNING, up.job().state());
            client.cancel(id, "enough");
            var ended = watch.end().get(2, TimeUnit.MINUTES);
            assertEquals(JobState.CANCELLED, ended.state());
            assertEquals("enough", ended.cancel().reason());
        }
        assertEquals(JobState.CANCELLED, seen.getLast());
        assertEquals(1, seen.stream().filter(JobState::ended).count());
    }

    @Test
    void listsAreFilteredAndGoOnOverPages() throws Exception {
        var request = JobRequest.sql("duckdb", "SELECT 1 AS one").label("list", "it");
        var ids = List.of(client.create(request).job().id(), client.create(request).job().id(),
                client.create(request).job().id());
        for (var id : ids) {
            client.await(id, LONG);
        }
        var filter = JobFilter.all().label("list", "it").taskType("duckdb").pageSize(1);
        await().atMost(LONG)
                .until(() -> client.list(filter.states(List.of(JobState.SUCCEEDED))).map(Job::id).toList(),
                        ids.reversed()::equals);
        assertEquals(0, client.list(filter.states(JobState.live())).count());
        assertThrows(OutboardException.Refused.class, () -> client.page(filter, "nonsense"));
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        var id = client.create(ENDLESS).job().id();
        client.cancel(id, null);
        var unknown = "j" + id.substring(1, 26).replaceAll("[a-y]", "z") + id.substring(26); // its last letter is special
        assertEquals("unknown-job",
                assertThrows(OutboardException.Refused.class, () -> client.get(unknown)).problem().code());
        var type = assertThrows(OutboardException.Refused.class, () -> client.create(JobRequest.of("nothing")));
        assertEquals("unknown-task-type", type.problem().code());
        assertEquals(List.of("duckdb"), client.taskTypes().stream().map(known -> known.name()).toList());
    }
}
