package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Platform and log are made to contradict each other by hand; the sweep tells, and puts right only that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcileIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Role> roles = new ArrayList<>();
    private Path dir;
    private Ledger platform;
    private String kafka;
    private Http api;

    @BeforeAll
    void start(@TempDir Path temp) throws IOException {
        dir = temp;
        platform = new Ledger(Files.createDirectory(dir.resolve("platform")));
        kafka = role("broker", "--data", dir.resolve("kafka").toString(), "--port", "0")
                .said("broker ready on (\\S+),");
        api = new Http(role("api", "--kafka", kafka, "--port", "0").said("api ready on (\\S+)"));
        // to this worker a lost job is one that cannot be asked for: it waits for ever
        var args = args("worker", "--partitions", "4");
        args.addAll(List.of("--set", "connectors.ledger.lost=unreachable"));
        run(args).said("(worker ready)");
    }

    @AfterAll
    void stop() {
        roles.reversed().forEach(Role::close);
    }

    @Test
    void whatContradictsIsToldAndThenPutRightAndNothingElseIsTouched() throws Exception {
        var healthy = running("run");
        var lost = running("run");
        var retried = running("run");
        var ended = running("run");
        var submitting = api.create(job("hold-create"));
        await().atMost(LIMIT).until(() -> platform.count("created " + submitting) == 1);

        var early = only(retried);
        platform.set(early, "failed");
        await().atMost(LIMIT)
                .until(() -> api.get(retried).path("attempt").asInt() == 2
                        && api.state(retried).equals("RUNNING"));
        platform.set(only(ended), "succeeded");
        awaitState(ended, "SUCCEEDED");

        // by hand: what ended runs again, something runs that nobody asked for, something is gone
        platform.set(early, "running");
        platform.set(only(ended), "running");
        platform.plant("p".repeat(52), only(healthy), "j" + "a".repeat(26));
        platform.takeAway(only(lost));
        var wanted = Map.of(early, "orphan superseded 1", only(ended), "orphan job ended 1", "p".repeat(52),
                "orphan unknown job null", only(lost), "missing not on the platform 1");
        var before = everything(healthy, lost, retried, ended, submitting);

        var told = reconcile(1);
        assertEquals(new TreeMap<>(wanted), found(told));
        assertEquals(4, told.path("left").asInt());
        assertEquals(before, everything(healthy, lost, retried, ended, submitting), "a report changes nothing");

        var fixed = verb(0, "--fix").lines().map(line -> List.of(line.split(" {2,}"))).toList();
        assertTrue(fixed.contains(List.of("FINDING", "WHY", "JOB", "ATTEMPT", "EXTERNAL", "SINCE", "DONE")),
                fixed.toString());
        for (var row : List.of(List.of("superseded", retried, "1", early, "cancelled"),
                List.of("job ended", ended, "1", only(ended), "cancelled"),
                List.of("unknown job", "j" + "a".repeat(26), "-", "p".repeat(52), "cancelled"),
                List.of("not on the platform", lost, "1", only(lost), "failed"))) {
            assertTrue(fixed.stream().anyMatch(line -> line.size() == 7 && line.containsAll(row)),
                    row + " in " + fixed);
        }
        assertTrue(fixed.stream().anyMatch(line -> line.getFirst().startsWith("ledger: 4 found, 4 fixed, 0 left; ")),
                fixed.toString());
        awaitState(lost, "FAILED");
        assertTrue(api.get(lost).path("error").toString().contains("the platform no longer has it"),
                api.get(lost).toString());
        assertEquals("cancelled", platform.state(early));
        assertEquals("cancelled", platform.state(only(ended)));
        assertEquals("cancelled", platform.state("p".repeat(52)));
        for (var untouched : List.of(healthy, retried, submitting)) {
            assertEquals(before.get(untouched), api.state(untouched));
        }
        assertEquals("running", platform.state(only(healthy)));
        assertEquals("running", platform.state(only(submitting)));
        assertEquals(1, platform.keys(retried).stream().filter(this::runs).count(), "its second attempt");

        assertEquals(Map.of(), found(reconcile(0)));
    }

    @Test
    void aConnectorThatCannotListIsNamedWithTheReason() throws Exception {
        var duckdb = run(args("reconcile", "--task-type", "duckdb"));
        assertEquals(5, duckdb.ended(LIMIT), duckdb.output());
        assertTrue(duckdb.output()
                .contains("error: the connector DuckDB 0.1.0 cannot list its jobs: a query lives in its "
                        + "worker's process and ends with it, so none is left behind"),
                duckdb.output());
    }

    @Test
    void aTypeThatNobodyServesIsNotKnown() throws Exception {
        var prefix = run(args("reconcile", "--task-type", "ledger", "--prefix", "other"));
        assertEquals(3, prefix.ended(LIMIT), prefix.output());
        assertTrue(prefix.output().contains("error: no worker has ever served the task type ledger here"),
                prefix.output());
    }

    /** Handle by handle what was found, why and of which attempt. */
    private static Map<String, String> found(JsonNode report) {
        var found = new TreeMap<String, String>();
        report.path("findings")
                .forEach(finding -> found.put(finding.path("handle").asText(),
                        finding.path("finding").asText() + " " + finding.path("why").asText() + " "
                                + finding.path("attempt").asText()));
        return found;
    }

    private String verb(int exit, String... more) throws Exception {
        var args = args("reconcile", "--task-type", "ledger", "--settle", "PT0.5S");
        args.addAll(List.of(more));
        var verb = run(args);
        assertEquals(exit, verb.ended(LIMIT), verb.output());
        return verb.output();
    }

    private JsonNode reconcile(int exit) throws Exception {
        var output = verb(exit, "-o", "json");
        return new ObjectMapper().readTree(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
    }

    /** What every job and every external job is at. */
    private Map<String, String> everything(String... ids) throws Exception {
        var all = new HashMap<String, String>();
        for (var id : ids) {
            all.put(id, api.state(id));
            for (var key : platform.keys(id)) {
                all.put(key, Files.exists(platform.folder().resolve(key)) ? platform.state(key) : "none");
            }
        }
        return all;
    }

    private boolean runs(String key) {
        try {
            return platform.state(key).equals("running");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String running(String statement) throws Exception {
        var id = api.create(job(statement));
        awaitState(id, "RUNNING");
        return id;
    }

    private String only(String id) throws IOException {
        var keys = platform.keys(id);
        assertEquals(1, keys.size(), id);
        return keys.getFirst();
    }

    private void awaitState(String id, String state) {
        await().atMost(LIMIT).until(() -> api.state(id), state::equals);
    }

    /** A role that serves, or asks, the ledger's platform beside DuckDB. */
    private List<String> args(String role, String... more) {
        var args = new ArrayList<>(List.of(role, "--kafka", kafka, "--data", dir.resolve("data").toString(), "--set",
                "connectors.ledger.folder=" + platform.folder()));
        args.addAll(List.of(more));
        return args;
    }

    private Role run(List<String> args) throws IOException {
        var classPath = Path.of("src/test/ledger").toAbsolutePath() + File.pathSeparator
                + System.getProperty("java.class.path");
        var role = Role.start(classPath, dir, args.toArray(String[]::new));
        roles.add(role);
        return role;
    }

    private Role role(String... args) throws IOException {
        var role = Role.start(dir, args);
        roles.add(role);
        return role;
    }

    private static String job(String statement) {
        return "{\"template\": {\"type\": \"ledger\", \"sql\": {\"statement\": \"" + statement + "\"}}}";
    }
}
