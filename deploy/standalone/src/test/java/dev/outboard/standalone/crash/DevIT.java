package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dev} and {@code demo} as a newcomer runs them. */
class DevIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BODY = "{\"template\": {\"type\": \"duckdb\", \"sql\": {\"statement\": \"SELECT %s AS n\"}}}";

    @Test
    void keepsItsStateOverRestartsAndStopsInTime(@TempDir Path dir) throws Exception {
        var data = dir.resolve("data").toString();
        String id;
        String running;
        try (var dev = Role.start(dir, "dev", "--data", data, "--port", "0")) {
            var api = new Http(dev.said("Outboard is ready on (\\S+),"));
            id = api.create(BODY.formatted("1"));
            await().atMost(LIMIT).until(() -> api.state(id).equals("SUCCEEDED"));
            running = api.create(BODY.formatted("count(*) FROM range(1000000000000) t(i) WHERE hash(i) = 1, i"));
            assertEquals(130, dev.interrupt(), "within 10 s, also with a query under way");
            assertTrue(dev.output().contains("next: ./outboard run"), dev.output());
        }
        try (var dev = Role.start(dir, "dev", "--data", data, "--port", "0")) {
            var api = new Http(dev.said("Outboard is ready on (\\S+),"));
            assertEquals("SUCCEEDED", api.state(id));
            assertFalse(api.get(running).path("state").asText().isEmpty(), "and so is the one that was under way");
        }
    }

    @Test
    void leavesNothingBehindWithoutAFolder(@TempDir Path dir) throws Exception {
        try (var dev = Role.start(dir, "dev", "--port", "0")) {
            var folder = Path.of(dev.said("data +(\\S+) \\(removed at the end"));
            assertTrue(Files.isDirectory(folder));
            assertEquals(130, dev.interrupt());
            assertFalse(Files.exists(folder), folder + " is still there");
        }
    }

    @Test
    void aPortInUseIsToldInPlainWords(@TempDir Path dir) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var dev = Role.start(dir, "dev", "--port", Integer.toString(taken.getLocalPort()))) {
            assertEquals(2, dev.ended(LIMIT), dev::output);
            var said = dev.output();
            assertTrue(said.contains("error: cannot listen on 127.0.0.1:" + taken.getLocalPort()), said);
            assertTrue(said.endsWith("next: choose another port with --port\n"), said);
            assertFalse(said.contains("Exception") || said.contains(" ERROR "), said);
        }
    }

    @Test
    void theDemoShowsAJobFromItsStartToItsResult(@TempDir Path dir) throws Exception {
        try (var demo = Role.start(dir, "demo", "--data", dir.resolve("demo").toString())) {
            assertEquals(0, demo.ended(LIMIT), demo::output);
            var said = demo.output();
            assertTrue(said.contains("PUT /plugins/v1/duckdb/v0"), said);
            assertTrue(said.matches("(?s).*running +RUNNING.*succeed +SUCCEEDED +100 %.*"), said);
            var result = Path.of(demo.find("result  (\\S+)"));
            assertTrue(Files.size(result) > 0);
            assertTrue(said.contains("returnflag") && said.contains("sum_base_price"), said);
        }
    }
}
