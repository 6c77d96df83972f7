package dev.outboard.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {
    @TempDir
    Path dir;

    @Test
    void keepsWhatItAcknowledgedOverAKillWhileWriting() throws Exception {
        var acknowledged = new CopyOnWriteArrayList<String>();
        try (var child = Child.start(dir, 0)) {
            var bootstrap = child.awaitReady();
            Records.createTopic(bootstrap);
            try (var producer = Records.producer(bootstrap,
                    Map.of("delivery.timeout.ms", 2000, "request.timeout.ms", 500,
                            "linger.ms", 0, "max.block.ms", 500))) {
                var writer = CompletableFuture.runAsync(() -> {
                    for (var i = 0; child.process().isAlive(); i++) {
                        var value = String.valueOf(i);
                        producer.send(new ProducerRecord<>(Records.TOPIC, value), (_, e) -> {
                            if (e == null) {
                                acknowledged.add(value);
                            }
                        });
                    }
                });
                Awaitility.await().until(() -> acknowledged.size() > 500);
                child.kill();
                writer.get(30, TimeUnit.SECONDS);
            }
        }
        try (var child = Child.start(dir, 0)) {
            var found = Records.readAll(child.awaitReady());
            var missing = new ArrayList<>(acknowledged);
            missing.removeAll(new HashSet<>(found));
            assertEquals(List.of(), missing);
            assertEquals(found.stream().distinct().toList(), found);
        }
    }

    @Test
    void stopsOnSigterm() throws Exception {
        try (var child = Child.start(dir, 0)) {
            child.awaitReady();
            child.process().destroy();
            assertEquals(128 + 15, child.awaitExit());
        }
    }

    @Test
    void endsWithItsParentOnlyWhereAsked() throws Exception {
        try (var leashed = Child.start(dir.resolve("a"), 0, "--leash"); var free = Child.start(dir.resolve("b"), 0)) {
            leashed.awaitReady();
            var bootstrap = free.awaitReady();
            free.process().getOutputStream().close();
            leashed.process().getOutputStream().close();
            assertEquals(0, leashed.awaitExit());
            Records.createTopic(bootstrap);
            assertTrue(free.process().isAlive());
        }
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws Exception {
        try (var holder = Broker.start(dir, 0, Map.of()); var child = Child.start(dir, 0)) {
            assertEquals(1, child.awaitExit());
            assertEquals(List.of("error: folder " + dir + " is in use by another broker, process "
                    + ProcessHandle.current().pid()), child.process().errorReader().readAllLines());
        }
    }

    @Test
    void readsItsArguments() {
        var arguments = BrokerProcess.Arguments.parse(
                new String[]{"d", "9092", "--host", "0.0.0.0", "--leash", "--advertise", "kafka", "a.b=c=d"});
        assertEquals(new BrokerProcess.Arguments(Path.of("d"), new Listen("0.0.0.0", "kafka", 9092), null,
                true,
                Map.of("a.b", "c=d")), arguments);
        var quorum = BrokerProcess.Arguments.parse(
                new String[]{"d", "9092", "--node", "2", "--voters", "1@a:1,2@[::1]:2"}).quorum();
        assertEquals(new Quorum(2, List.of(new Quorum.Voter(1, "a", 1), new Quorum.Voter(2, "::1", 2))), quorum);
        for (var bad : List.of(new String[0], new String[]{"d", "port"}, new String[]{"d", "99999"},
                new String[]{"d", "1", "--host"}, new String[]{"d", "1", "nonsense"},
                new String[]{"d", "1", "--node", "4", "--voters", "1@h:1"}, new String[]{"d", "1", "--node", "1"},
                new String[]{"d", "1", "--node", "x", "--voters", "1@h:1"})) {
            assertThrows(BrokerException.class, () -> BrokerProcess.Arguments.parse(bad));
        }
    }
}
