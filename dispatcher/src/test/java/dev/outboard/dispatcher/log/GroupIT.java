package dev.outboard.dispatcher.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.wire.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a lane relies on of a real group and a real transaction, by either protocol: a broker whose floor is above our
 * session makes us join by the classic one.
 */
class GroupIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String FLOOR = "group.consumer.min.session.timeout.ms";

    @ParameterizedTest
    @CsvSource({"1000, consumer", "45000, classic"})
    void aMemberOwnsCommitsAndShares(String floor, String protocol, @TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of(FLOOR, floor))) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(2);
            try (var admin = new Clients(config).admin()) {
                assertEquals(protocol, Group.settings(admin, "outboard.workers.t").get("group.protocol"));
            }
            announce(config);
            try (var first = KafkaLog.open(config, "t")) {
                var owned = new HashSet<Integer>();
                owns(first, owned, 2);
                assertEquals(OptionalLong.empty(), first.committed(0).get(10, TimeUnit.SECONDS));
                wokenFrom(first);
                var offsets = first.commit(batch(first, 0, 7));
                assertEquals(OptionalLong.of(7), stable(first));
                long end = first.bound(0, LogPort.Bound.STATE_END).get(10, TimeUnit.SECONDS);
                assertTrue(end > offsets.get(0) + 1, "the marker takes an offset too");
                assertEquals(end, readTo(first, end), "and a restore passes it");

                try (var second = KafkaLog.open(config, "t")) {
                    var others = new HashSet<Integer>();
                    await().atMost(LIMIT).until(() -> {
                        poll(first, owned);
                        poll(second, others);
                        return owned.size() == 1 && others.size() == 1;
                    });
                    first.commit(batch(first, owned.iterator().next(), 9));
                    second.commit(batch(second, others.iterator().next(), 9));
                }
            }
        }
    }

    /** A worker that slept for longer than it may is replaced; awake again, it tries to write before it polls. */
    @ParameterizedTest
    @CsvSource({"1000", "45000"})
    void aMemberThatWasReplacedWritesNothing(String floor, @TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of(FLOOR, floor))) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(1);
            var drowsy = new LogConfig(config.bootstrap(), config.prefix(), 1, 0, config.retention(), null,
                    Map.of("max.poll.interval.ms", "6500"));
            announce(config);
            try (var sleeper = KafkaLog.open(drowsy, "t")) {
                owns(sleeper, new HashSet<>(), 1);
                sleeper.commit(batch(sleeper, 0, 2));
                try (var next = KafkaLog.open(config, "t")) {
                    owns(next, new HashSet<>(), 1);
                    next.commit(batch(next, 0, 3));
                    assertThrows(LogFailure.class, () -> sleeper.commit(batch(sleeper, 0, 2)));
                    assertEquals(OptionalLong.of(3), stable(next));
                }
            }
        }
    }

    /** R6: a producer that died inside its transaction hides the end of the log for up to 20 s, unless it is fenced. */
    @Test
    void whatADeadProducerLeftOpenIsEnded(@TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of(FLOOR, "1000"))) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(1);
            announce(config);
            var dead = new Clients(config).producer(Map.of("transactional.id", "dead"));
            dead.initTransactions();
            dead.beginTransaction();
            dead.send(new ProducerRecord<>(config.names().state("t"), 0, new byte[1], new byte[1]))
                    .get(10, TimeUnit.SECONDS);
            try (var next = KafkaLog.open(config, "t")) {
                owns(next, new HashSet<>(), 1);
                long end = next.bound(0, LogPort.Bound.STATE_END).get(10, TimeUnit.SECONDS);
                next.startReading(0, 0);
                assertEquals(0, next.readStates(Duration.ofMillis(300)).positions().get(0), "hidden");
                long began = System.nanoTime();
                next.endOpenTransaction(0);
                await().atMost(LIMIT)
                        .until(() -> next.readStates(Duration.ofMillis(50)).positions().get(0) >= end);
                assertTrue(System.nanoTime() - began < Duration.ofSeconds(5).toNanos(), "long before its time-out");
                assertThrows(KafkaException.class, dead::commitTransaction);
                next.commit(batch(next, 0, 1));
                next.endOpenTransaction(0);
                next.commit(batch(next, 0, 2));
            } finally {
                dead.close(Duration.ZERO);
            }
        }
    }

    /** What else there is to do does not wait for commands to come. */
    private static void wokenFrom(LogPort log) throws InterruptedException {
        var over = new CountDownLatch(1);
        var waker = Thread.startVirtualThread(() -> {
            try {
                while (!over.await(50, TimeUnit.MILLISECONDS)) {
                    log.wake();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long began = System.nanoTime();
        log.poll(LIMIT);
        over.countDown();
        waker.join();
        assertTrue(System.nanoTime() - began < LIMIT.toNanos() / 2, "woken long before the wait was over");
    }

    /** A commit's markers land after it returned: until then the position is not stable, and must not read as none (R4). */
    private static OptionalLong stable(LogPort log) {
        return await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> log.committed(0).get(10, TimeUnit.SECONDS), _ -> true);
    }

    private static void announce(LogConfig config) {
        new Registry(config).announce("t", new TreeSet<>(Set.of(0)), "c", "1", Guarantee.ADOPT);
    }

    private static void owns(LogPort log, Set<Integer> owned, int count) {
        await().atMost(LIMIT).until(() -> {
            poll(log, owned);
            return owned.size() == count;
        });
    }

    private static void poll(LogPort log, Set<Integer> owned) {
        var polled = log.poll(Duration.ofMillis(50));
        owned.removeAll(polled.lost());
        owned.addAll(polled.gained());
    }

    private static LogPort.Batch batch(LogPort log, int partition, long position) {
        var watermark = new Watermark(position, log.generation(), log.transactionalId());
        return new LogPort.Batch(List.of(new LogPort.Write(partition, new byte[]{0}, watermark.write())), List.of(),
                Map.of(partition, position));
    }

    private static long readTo(LogPort log, long end) {
        log.startReading(0, 0);
        long position = await().atMost(LIMIT)
                .until(() -> log.readStates(Duration.ofMillis(50)).positions().get(0), p -> p >= end);
        log.stopReading(0);
        return position;
    }
}
