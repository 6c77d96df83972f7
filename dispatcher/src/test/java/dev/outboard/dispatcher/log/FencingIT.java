package dev.outboard.dispatcher.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a broker fences and what it does not, KIP-848 groups and transactions. The lane's nine rules stand on this: a broker
 * or client that does otherwise makes one of these fail, and then the rule it names is to be thought over, also where the
 * broker has become stricter.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FencingIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A member that does not poll for so long leaves the group by itself, and does not know it until it polls again. */
    private static final int ASLEEP = 1500;
    private static final int AWAKE = 300_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Broker broker;
    private LogConfig config;
    private Admin admin;
    /** Each test has a topic of two partitions and a group of its own, of this name. */
    private String name;

    @BeforeAll
    void start(@TempDir Path dir) {
        broker = Broker.start(dir.resolve("kafka"), 0, Map.of());
        config = LogConfig.at(broker.bootstrap());
        admin = new Clients(config).admin();
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void closeClients() throws Exception {
        for (var client : open.reversed()) {
            client.close();
        }
        open.clear();
    }

    /** One of a group, with what it last knew of itself. */
    private final class One implements ConsumerRebalanceListener {
        final Consumer<byte[], byte[]> consumer;
        final Producer<byte[], byte[]> producer;
        final Set<Integer> owns = new TreeSet<>();

        /** @param patience how long it may go without a poll */
        One(int patience) {
            consumer = new Clients(config).consumer(true,
                    Map.of("group.id", name, "group.protocol", "consumer", "max.poll.interval.ms", patience));
            open.add(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))));
            producer = producer("tx-" + UUID.randomUUID());
            consumer.subscribe(List.of(name), this);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            partitions.forEach(p -> {
                consumer.seek(p, 0);
                owns.add(p.partition());
            });
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(p -> owns.remove(p.partition()));
        }

        void poll() {
            consumer.poll(Duration.ofMillis(20));
        }

        /** A transaction with a record, and with offsets of these partitions where there is metadata. */
        void commit(ConsumerGroupMetadata metadata, int... partitions) {
            producer.beginTransaction();
            try {
                producer.send(new ProducerRecord<>(name, 0, new byte[1], new byte[1]));
                if (metadata != null) {
                    producer.sendOffsetsToTransaction(offsets(partitions), metadata);
                }
                producer.commitTransaction();
            } catch (KafkaException e) {
                producer.abortTransaction();
                throw e;
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(int... partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (int p : partitions) {
            offsets.put(new TopicPartition(name, p), new OffsetAndMetadata(1));
        }
        return offsets;
    }

    private Producer<byte[], byte[]> producer(String id) {
        var producer = new Clients(config).producer(Map.of("transactional.id", id, "transaction.timeout.ms", 20_000));
        open.add(() -> producer.close(Duration.ZERO));
        producer.initTransactions();
        return producer;
    }

    /** A topic, and a group whose members are missed soon. */
    private void topic(String of) throws Exception {
        name = of;
        admin.createTopics(List.of(new NewTopic(of, 2, (short) 1))).all().get(10, TimeUnit.SECONDS);
        var group = new ConfigResource(ConfigResource.Type.GROUP, of);
        admin.incrementalAlterConfigs(Map.of(group, List.of(set("consumer.session.timeout.ms", 3000),
                set("consumer.heartbeat.interval.ms", 200)))).all().get(10, TimeUnit.SECONDS);
    }

    private static AlterConfigOp set(String key, int value) {
        return new AlterConfigOp(new ConfigEntry(key, Integer.toString(value)), AlterConfigOp.OpType.SET);
    }

    private One owner(int patience) {
        var one = new One(patience);
        owns(one, 2);
        return one;
    }

    private static void owns(One one, int partitions, One... others) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            one.poll();
            for (var other : others) {
                other.poll();
            }
            return one.owns.size() == partitions;
        });
    }

    /** Of a group of two it does not poll until the other has everything; the other is what comes back. */
    private One fallsAsleep(One sleeper) {
        var other = new One(AWAKE);
        owns(other, 2);
        assertEquals(2, sleeper.owns.size(), "it does not know");
        return other;
    }

    /** X3d, X3g. Stands for R2: only offsets fence, so every transaction carries those of every partition that it writes. */
    @Test
    void aTransactionWithoutOffsetsIsNeverFenced() throws Exception {
        topic("without-offsets");
        var sleeper = owner(ASLEEP);
        fallsAsleep(sleeper);
        assertDoesNotThrow(() -> sleeper.commit(null));
    }

    /** X3e. Stands for R3: only a member's own metadata fences. */
    @Test
    @SuppressWarnings({"deprecation", "removal"}) // this is what must not be done
    void aBareGroupIdIsNeverFenced() throws Exception {
        topic("bare");
        var sleeper = owner(ASLEEP);
        fallsAsleep(sleeper);
        assertDoesNotThrow(() -> sleeper.commit(new ConsumerGroupMetadata(name), 0, 1));
    }

    /**
     * X3c, X3f, X3h: fenced before it polls, with the metadata that it had and with what it reads now. Stands for R2 and R7:
     * a worker that wakes learns by its first transaction that it is a zombie.
     *
     * <p>
     * X3i: one poll later it has rejoined, owns nothing, and is believed about everything. Stands for R3 and R7: metadata is
     * taken right after the poll that tells what was lost, and what was lost is dropped before anything is folded.
     */
    @Test
    void anExpelledMemberIsFencedUntilItPollsAndThenIsNot() throws Exception {
        topic("expelled");
        var sleeper = owner(ASLEEP);
        var known = sleeper.consumer.groupMetadata();
        var other = fallsAsleep(sleeper);
        assertThrows(CommitFailedException.class, () -> sleeper.commit(known, 0));
        assertThrows(CommitFailedException.class, () -> sleeper.commit(sleeper.consumer.groupMetadata(), 0));
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            // the other does not poll, and so gives nothing back
            sleeper.poll();
            return sleeper.owns.isEmpty() && sleeper.consumer.groupMetadata().generationId() > 0
                    && !sleeper.consumer.groupMetadata().equals(known);
        });
        assertDoesNotThrow(() -> sleeper.commit(sleeper.consumer.groupMetadata(), other.owns.iterator().next()));
        assertThrows(CommitFailedException.class, () -> sleeper.commit(known, 0), "as who it was it stays fenced");
    }

    /**
     * X3a, X3b. A member at its current epoch may commit for a partition that is not its own; and at an epoch from before a
     * rebalance for one that it has kept. Stands for R7: ownership is ours to keep, the broker does not check it. That the
     * second passes (KIP-1251) is what lets a lane go on while others come and go.
     */
    @Test
    void ownershipIsNotChecked() throws Exception {
        topic("ownership");
        var first = owner(AWAKE);
        var before = first.consumer.groupMetadata();
        var second = new One(AWAKE);
        owns(second, 1, first);
        owns(first, 1, second);
        int kept = first.owns.iterator().next();
        assertTrue(before.generationId() < first.consumer.groupMetadata().generationId());
        assertDoesNotThrow(() -> first.commit(first.consumer.groupMetadata(), 1 - kept));
        assertDoesNotThrow(() -> first.commit(before, kept));
        // X3c: what went over to another since then
        assertThrows(CommitFailedException.class, () -> first.commit(before, 1 - kept));
    }

    /** X1, X1b. Stands for R5 and R6: until it is ended it hides what others commit after it; fencing its producer ends it. */
    @Test
    void anOpenTransactionHidesWhatComesAfterItUntilItsProducerIsFenced() throws Exception {
        topic("hidden");
        var dead = producer("dead");
        dead.beginTransaction();
        dead.send(new ProducerRecord<>(name, 0, new byte[1], new byte[1])).get(10, TimeUnit.SECONDS);
        var successor = producer("successor");
        successor.beginTransaction();
        long offset = successor.send(new ProducerRecord<>(name, 0, new byte[1], new byte[1]))
                .get(10, TimeUnit.SECONDS)
                .offset();
        successor.commitTransaction();
        assertEquals(0, end(IsolationLevel.READ_COMMITTED), "committed, and not to be seen");
        // R4: what is restored up to is this, or a committed job is missed
        assertTrue(end(IsolationLevel.READ_UNCOMMITTED) > offset);
        admin.fenceProducers(Set.of("dead")).all().get(10, TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> end(IsolationLevel.READ_COMMITTED) > offset);
        assertThrows(KafkaException.class, dead::commitTransaction);
    }

    /** X1c. Why each lane's transactional id is its own: two that share one shoot each other. */
    @Test
    void theSameTransactionalIdEndsItsPredecessor() throws Exception {
        topic("same");
        var first = producer("shared");
        first.beginTransaction();
        first.send(new ProducerRecord<>(name, 0, new byte[1], new byte[1])).get(10, TimeUnit.SECONDS);
        producer("shared");
        await().atMost(LIMIT)
                .until(() -> end(IsolationLevel.READ_COMMITTED) == end(IsolationLevel.READ_UNCOMMITTED));
        assertThrows(KafkaException.class, () -> {
            first.send(new ProducerRecord<>(name, 0, new byte[1], new byte[1]));
            first.commitTransaction();
        });
    }

    /** X4. Stands for R4: a position that an open transaction may change is not told, rather than told as it was. */
    @Test
    void aPositionThatIsPendingIsNotTold() throws Exception {
        topic("pending");
        var one = owner(AWAKE);
        one.commit(one.consumer.groupMetadata(), 0);
        await().atMost(LIMIT).until(() -> stable(0));
        one.producer.beginTransaction();
        one.producer.sendOffsetsToTransaction(offsets(0), one.consumer.groupMetadata());
        assertFalse(stable(0));
        one.producer.commitTransaction();
        await().atMost(LIMIT).until(() -> stable(0));
    }

    private boolean stable(int partition) throws Exception {
        var place = new TopicPartition(name, partition);
        var spec = Map.of(name, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(place)));
        return admin.listConsumerGroupOffsets(spec, new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(name)
                .get(10, TimeUnit.SECONDS)
                .containsKey(place);
    }

    private long end(IsolationLevel level) throws Exception {
        var place = new TopicPartition(name, 0);
        return admin.listOffsets(Map.of(place, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(place)
                .get(10, TimeUnit.SECONDS)
                .offset();
    }
}
