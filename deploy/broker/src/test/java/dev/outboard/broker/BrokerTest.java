package dev.outboard.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    @TempDir
    Path dir;

    @Test
    void keepsRecordsOverARestartOnAnotherPort() throws Exception {
        try (var broker = Broker.start(dir, 0, Map.of())) {
            Records.createTopic(broker.bootstrap());
            Records.write(broker.bootstrap(), List.of("a", "b"));
        }
        try (var broker = Broker.start(dir, 0, Map.of())) {
            Records.write(broker.bootstrap(), List.of("c"));
            assertEquals(List.of("a", "b", "c"), Records.readAll(broker.bootstrap()));
        }
    }

    @Test
    void runsTransactionsOnItsOneNode() throws Exception {
        try (var broker = Broker.start(dir, 0, Map.of())) {
            Records.createTopic(broker.bootstrap());
            try (var producer = Records.producer(broker.bootstrap(), Map.of("transactional.id", "x"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Records.TOPIC, "dropped"));
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Records.TOPIC, "kept"));
                producer.commitTransaction();
            }
            assertEquals(List.of("kept"), Records.readAll(broker.bootstrap()));
        }
    }

    @Test
    void takesOverridesAndMayBeClosedTwice() throws Exception {
        var broker = Broker.start(dir, Listen.on("0.0.0.0", 0), Map.of("auto.create.topics.enable", "true"));
        var port = broker.bootstrap().substring(broker.bootstrap().lastIndexOf(':'));
        Records.write("127.0.0.1" + port, List.of("made on demand"));
        assertEquals(List.of("made on demand"), Records.readAll("127.0.0.1" + port));
        broker.close();
        broker.close();
        broker.awaitStopped();
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var e = refused(dir, other.getLocalPort());
            assertTrue(e.getMessage().startsWith("cannot listen on 127.0.0.1:" + other.getLocalPort()), e.getMessage());
        }
        Broker.start(dir, 0, Map.of()).close(); // and the folder is free again
    }

    @Test
    void namesAHostThatIsNotHere() {
        var e = assertThrows(BrokerException.class,
                () -> Broker.start(dir, Listen.on("no.such.invalid", 9092), Map.of()));
        assertEquals("cannot listen on no.such.invalid:9092: unknown host", e.getMessage());
    }

    @Test
    void refusesASettingThatKafkaRefuses() {
        var e = assertThrows(BrokerException.class, () -> Broker.start(dir, 0, Map.of("log.segment.bytes", "x")));
        assertTrue(e.getMessage().contains("log.segment.bytes"), e.getMessage());
    }

    @Test
    void refusesAFolderOfSomebodyElse() throws Exception {
        Files.writeString(dir.resolve("thesis.tex"), "");
        assertEquals("folder " + dir + " is not empty and holds no Outboard broker's data",
                refused(dir, 0).getMessage());
        var file = dir.resolve("thesis.tex");
        assertEquals(file + " is not a folder", refused(file, 0).getMessage());
    }

    @Test
    void takesAFreshVolume() throws Exception {
        Files.createDirectory(dir.resolve("lost+found"));
        Broker.start(dir, 0, Map.of()).close();
    }

    @Test
    void refusesAFolderInUse() throws Exception {
        var message = "folder " + dir + " is in use by another broker, process ";
        try (var broker = Broker.start(dir, 0, Map.of())) {
            assertEquals(message + ProcessHandle.current().pid(), refused(dir, 0).getMessage());
        }
        try (var child = Child.start(dir, 0)) {
            child.awaitReady();
            assertEquals(message + child.process().pid(), refused(dir, 0).getMessage());
        }
    }

    private static BrokerException refused(Path dir, int port) {
        return assertThrows(BrokerException.class, () -> Broker.start(dir, port, Map.of()));
    }
}
