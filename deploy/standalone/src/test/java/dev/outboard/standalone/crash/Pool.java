package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A broker, an API, and workers of the ledger's platform that share its partitions; all in processes of their own. */
final class Pool implements AutoCloseable {
    static final int PARTITIONS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern RESTORED = Pattern.compile("ledger: partitions \\[([\\d, ]+)\\] are restored");

    final Ledger platform;
    final Http api;
    private final Path dir;
    private final Path traces;
    private final String kafka;
    private final List<Role> roles = new ArrayList<>();

    Pool(Path dir) throws IOException {
        this.dir = dir;
        platform = new Ledger(Files.createDirectory(dir.resolve("platform")));
        traces = Files.createDirectory(dir.resolve("traces"));
        var broker = Role.start(dir, "broker", "--data", dir.resolve("kafka").toString(), "--port", "0");
        roles.add(broker);
        kafka = broker.said("broker ready on (\\S+),");
        var door = Role.start(dir, "api", "--kafka", kafka, "--port", "0");
        roles.add(door);
        api = new Http(door.said("api ready on (\\S+)"));
    }

    Role worker() throws IOException {
        var classPath = Path.of("src/test/ledger").toAbsolutePath() + File.pathSeparator
                + System.getProperty("java.class.path");
        var worker = Role.start(classPath, dir, "worker", "--kafka", kafka, "--partitions",
                Integer.toString(PARTITIONS), "--task-types", "ledger", "--data", dir.resolve("data").toString(),
                "--set", "connectors.ledger.folder=" + platform.folder(), "--set",
                "connectors.ledger.traces=" + traces);
        roles.add(worker);
        return worker;
    }

    /** A worker beside one that holds everything; back once it has taken over its half. */
    Role second() throws IOException {
        var worker = worker();
        await().atMost(LIMIT).until(() -> restored(worker).size() == PARTITIONS / 2);
        return worker;
    }

    /** Which partitions a worker has ever restored. */
    static Set<Integer> restored(Role worker) {
        var partitions = new TreeSet<Integer>();
        var found = RESTORED.matcher(worker.output());
        while (found.find()) {
            Arrays.stream(found.group(1).split(", ")).map(Integer::valueOf).forEach(partitions::add);
        }
        return partitions;
    }

    /** Since {@code began}, in milliseconds, once {@code worker} has restored every partition. */
    static long whole(Role worker, long began) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> restored(worker).size() == PARTITIONS);
        return since(began);
    }

    static long since(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    void jobs(int count, String statement) throws Exception {
        for (int i = 0; i < count; i++) {
            api.create("{\"template\": {\"type\": \"ledger\", \"sql\": {\"statement\": \"" + statement + "\"}}}");
        }
    }

    /** Waits until so many jobs are in this state. */
    void come(int count, String state) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> api.count("ledger", state), found -> found == count);
    }

    /** Every external job was created once, and there are as many as there were jobs. */
    void eachCreatedOnce(int jobs) throws IOException {
        var created = platform.entries().stream().filter(entry -> entry.startsWith("created ")).toList();
        assertEquals(jobs, created.stream().distinct().count());
        assertEquals(jobs, created.size(), "some came twice");
        assertEquals(jobs, platform.states().size());
    }

    /** When a worker called the connector for what, in milliseconds since 1970. */
    List<Called> calls(Role worker) throws IOException {
        return Files.readAllLines(traces.resolve(Long.toString(worker.pid()))).stream().map(Called::of).toList();
    }

    record Called(long at, String method) {
        private static Called of(String line) {
            var words = line.split(" ");
            return new Called(Long.parseLong(words[0]), words[1]);
        }
    }

    /** What the machine is at beside this. */
    static String load() throws IOException {
        return "load " + Files.readString(Path.of("/proc/loadavg")).strip();
    }

    @Override
    public void close() {
        roles.reversed().forEach(Role::close);
    }
}
