package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs come and are cancelled while workers are killed and replaced; then the books are compared. */
class ChurnIT {
    private static final int JOBS = 200;
    private static final int KILLS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long SEED = 20261120;

    private final List<Role> roles = new ArrayList<>();
    private final Random random = new Random(SEED);
    private Path dir;
    private Ledger platform;
    private String kafka;

    @Test
    void everyJobEndsAndNoneIsCreatedTwice(@TempDir Path temp) throws Exception {
        dir = temp;
        platform = new Ledger(Files.createDirectory(dir.resolve("platform")));
        try {
            kafka = role("broker", "--data", dir.resolve("kafka").toString(), "--port", "0")
                    .said("broker ready on (\\S+),");
            var api = new Http(role("api", "--kafka", kafka, "--port", "0").said("api ready on (\\S+)"));
            var workers = new ArrayList<>(List.of(worker(), worker()));
            workers.forEach(w -> w.said("(worker ready)"));
            var jobs = churn(api, workers);
            // nothing on the platform ends by itself: only an honoured cancel ends these
            settle(api, jobs.keySet().stream().filter(jobs::get).toList(), "CANCELLED");
            platform.finish();
            settle(api, jobs.keySet().stream().filter(id -> !jobs.get(id)).toList(), "SUCCEEDED");
            compare(jobs);
        } finally {
            roles.reversed().forEach(Role::close);
        }
    }

    /** Which jobs were handed over, each with whether a cancel of it was accepted. */
    private Map<String, Boolean> churn(Http api, List<Role> workers) throws Exception {
        var jobs = new HashMap<String, Boolean>();
        var running = new ArrayList<String>();
        for (int i = 0; i < JOBS; i++) {
            var id = api.create("{\"template\": {\"type\": \"ledger\", \"sql\": {\"statement\": \"run\"}}}");
            jobs.put(id, false);
            running.add(id);
            if (random.nextInt(4) == 0) {
                var victim = running.remove(random.nextInt(running.size()));
                api.cancel(victim);
                jobs.put(victim, true);
            }
            if (i % (JOBS / KILLS) == JOBS / KILLS / 2) {
                workers.remove(0).kill();
                workers.add(worker());
            }
        }
        return jobs;
    }

    private void settle(Http api, List<String> ids, String state) {
        await("seed " + SEED).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            if (state.equals("SUCCEEDED")) {
                platform.finish();
            }
            for (var id : ids) {
                assertEquals(state, api.state(id), "seed " + SEED + ": job " + id);
            }
        });
    }

    private void compare(Map<String, Boolean> jobs) throws IOException {
        int twice = 0;
        int created = 0;
        for (var id : jobs.keySet()) {
            long count = platform.count("created " + id);
            created += count;
            twice += count > 1 ? 1 : 0;
            assertTrue(count == 1 || jobs.get(id), "seed " + SEED + ": job " + id + " was never created");
        }
        assertEquals(0, twice, "seed " + SEED + ": jobs created more than once");
        assertEquals(0, platform.states().stream().filter("running"::equals).count(), "nothing runs unowned");
        assertEquals(created, platform.states().size(), "the platform has nothing that no job knows");
    }

    private Role worker() throws IOException {
        var classPath = Path.of("src/test/ledger").toAbsolutePath() + File.pathSeparator
                + System.getProperty("java.class.path");
        var worker = Role.start(classPath, dir, "worker", "--kafka", kafka, "--partitions", "4", "--task-types",
                "ledger",
                "--data", dir.resolve("data").toString(), "--set", "connectors.ledger.folder=" + platform.folder());
        roles.add(worker);
        return worker;
    }

    private Role role(String... args) throws IOException {
        var role = Role.start(dir, args);
        roles.add(role);
        return role;
    }
}
