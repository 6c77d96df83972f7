package dev.outboard.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes as processes: one may die at any time, and comes back. */
class ClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final List<Integer> ports = IntStream.range(0, 6).map(_ -> freePort()).boxed().toList();

    @Test
    void writesGoOnWithoutOneNodeAndItComesBack() throws Exception {
        var nodes = new ArrayList<Child>();
        try {
            for (int node = 1; node <= 3; node++) {
                nodes.add(start(node));
            }
            for (var node : nodes) {
                node.awaitReady();
            }
            var bootstrap = ports.subList(0, 3).stream().map(p -> "127.0.0.1:" + p).collect(Collectors.joining(","));
            try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                    var producer = Records.producer(bootstrap, Map.of("delivery.timeout.ms", 30_000,
                            "request.timeout.ms", 2000, "linger.ms", 0))) {
                admin.createTopics(List.of(new NewTopic(Records.TOPIC, 1, (short) 3))).all().get();
                producer.send(new ProducerRecord<>(Records.TOPIC, "before")).get(30, TimeUnit.SECONDS);
                // with the leader goes what makes it hardest
                int leader = partition(admin).leader().id();
                nodes.get(leader - 1).kill();
                producer.send(new ProducerRecord<>(Records.TOPIC, "without it")).get(30, TimeUnit.SECONDS);
                Awaitility.await().atMost(LIMIT).until(() -> partition(admin).isr().size() == 2);
                nodes.set(leader - 1, start(leader));
                assertEquals("127.0.0.1:" + ports.get(leader - 1), nodes.get(leader - 1).awaitReady());
                Awaitility.await().atMost(LIMIT).until(() -> partition(admin).isr().size() == 3);
                assertEquals(List.of("before", "without it"), Records.readAll(bootstrap));
            }
        } finally {
            for (var node : nodes) {
                node.close();
            }
        }
    }

    private Child start(int node) throws IOException {
        var voters = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> n + "@127.0.0.1:" + ports.get(n + 2))
                .collect(Collectors.joining(","));
        return Child.start(dir.resolve("node" + node), ports.get(node - 1), "--node", String.valueOf(node), "--voters",
                voters, "--leash");
    }

    private static TopicPartitionInfo partition(Admin admin) throws Exception {
        return admin.describeTopics(List.of(Records.TOPIC))
                .allTopicNames()
                .get()
                .get(Records.TOPIC)
                .partitions()
                .getFirst();
    }

    /** Below those that the system hands out: a dead node's port must not become somebody's connection. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (var _ = new ServerSocket(port)) {
                return port;
            } catch (IOException _) {
                // taken: another
            }
        }
    }
}
