package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed: a broker, two APIs, and workers that come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Takes some seconds, and its result tells that it is right. */
    private static final String LONG_QUERY = """
            {"template": {"type": "duckdb", "sql": {"statement":
             "SELECT count(*) AS n, sum(hash(i) %% 2) AS s FROM range(%d) t(i)"}}}""";

    private final List<Role> roles = new ArrayList<>();
    private Path dir;
    private Ledger platform;
    private String kafka;
    private Http api;
    private Http other;
    private Role worker;

    @BeforeAll
    void start(@TempDir Path temp) throws IOException {
        dir = temp;
        platform = new Ledger(Files.createDirectory(dir.resolve("platform")));
        kafka = role("broker", "--data", dir.resolve("kafka").toString(), "--port", "0")
                .said("broker ready on (\\S+),");
        var first = role("api", "--kafka", kafka, "--port", "0");
        var second = role("api", "--kafka", kafka, "--port", "0");
        api = new Http(first.said("api ready on (\\S+)"));
        other = new Http(second.said("api ready on (\\S+)"));
        // the first worker makes the task types known
        work().said("(worker ready)");
        worker.kill();
    }

    @AfterEach
    void stopWorker() {
        worker.kill();
    }

    @AfterAll
    void stop() {
        roles.reversed().forEach(Role::close);
    }

    @Test
    void aWorkerKilledWhileAJobRunsCostsTimeAndNothingElse() throws Exception {
        work();
        var id = api.create(LONG_QUERY.formatted(300_000_000));
        awaitState(id, "RUNNING");
        worker.kill();
        assertEquals("RUNNING", other.state(id));
        work();
        awaitState(id, "SUCCEEDED");
        var job = other.get(id);
        assertEquals(2, job.path("attempt").asInt(), "it died with its worker and ran again");
        var result = Path.of(URI.create(job.at("/outputs/results/scalar/structured_dataset/uri").asText()));
        assertTrue(Files.size(result) > 0, result.toString());
        try (var files = Files.walk(dir.resolve("data"))) {
            assertEquals(List.of(result), files.filter(f -> f.toString().contains(id) && f.endsWith("results.parquet"))
                    .toList(), "one visible result");
        }
    }

    @Test
    void aWorkerKilledAfterTheEffectAndBeforeTheReplyCreatesNothingTwice() throws Exception {
        work();
        var id = api.create(job("hold-create"));
        await().atMost(LIMIT).until(() -> platform.count("created " + id) == 1);
        assertEquals("SUBMITTING", api.state(id));
        worker.kill();
        work();
        awaitState(id, "RUNNING");
        assertEquals(1, platform.count("created " + id));
        assertTrue(platform.count("call create " + id) >= 2, "it was asked again, with the same key");
        platform.finish();
        awaitState(id, "SUCCEEDED");
    }

    @Test
    void jobsThatNoWorkerHasTakenWaitForOne() throws Exception {
        var id = api.create(job("run"));
        assertEquals("QUEUED", other.state(id));
        await().atMost(LIMIT).until(() -> other.get(id).path("conditions").toString().contains("NoWorker"));
        work();
        awaitState(id, "RUNNING");
        platform.finish();
        awaitState(id, "SUCCEEDED");
        assertEquals(1, platform.count("created " + id));
    }

    @Test
    void aCancelIsOwedAlsoWhileNoWorkerLives() throws Exception {
        work();
        var id = api.create(job("run"));
        awaitState(id, "RUNNING");
        worker.kill();
        other.cancel(id);
        assertTrue(platform.states().contains("running"));
        work();
        awaitState(id, "CANCELLED");
        assertTrue(platform.states().contains("cancelled"));
        assertEquals(1, platform.count("created " + id));
    }

    @Test
    void aCreateOutlivesItsApi() throws Exception {
        work();
        var doomed = role("api", "--kafka", kafka, "--port", "0");
        var http = new Http(doomed.said("api ready on (\\S+)"));
        var id = http.create("{\"template\": {\"type\": \"duckdb\", \"sql\": {\"statement\": \"SELECT 42 AS n\"}}}");
        doomed.kill();
        assertTrue(other.get(id).has("state"), "known on another replica at once");
        awaitState(id, "SUCCEEDED");
        assertEquals(1, other.get(id).path("attempt").asInt());
    }

    @Test
    void everyRoleStopsOnCtrlC() throws Exception {
        work().said("(worker ready)");
        assertEquals(130, worker.interrupt());
        assertTrue(worker.output().contains("stopped"), worker.output());
        var one = role("api", "--kafka", kafka, "--port", "0");
        one.said("api ready on (\\S+)");
        assertEquals(130, one.interrupt());
    }

    /** A worker that serves the ledger's platform beside DuckDB. */
    private Role work() throws IOException {
        var classPath = Path.of("src/test/ledger").toAbsolutePath() + File.pathSeparator
                + System.getProperty("java.class.path");
        worker = Role.start(classPath, dir, "worker", "--kafka", kafka, "--partitions", "4", "--data",
                dir.resolve("data").toString(), "--set", "connectors.ledger.folder=" + platform.folder());
        roles.add(worker);
        return worker;
    }

    private Role role(String... args) throws IOException {
        var role = Role.start(dir, args);
        roles.add(role);
        return role;
    }

    private void awaitState(String id, String state) {
        await().atMost(LIMIT).until(() -> other.state(id), state::equals);
    }

    private static String job(String statement) {
        return "{\"template\": {\"type\": \"ledger\", \"sql\": {\"statement\": \"" + statement + "\"}}}";
    }
}
