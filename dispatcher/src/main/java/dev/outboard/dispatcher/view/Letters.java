package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.DeadLetter;
import dev.outboard.dispatcher.wire.NewerWriter;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest dead letters when somebody asks: they are rare, so nobody follows them. One reader at a time, since each
 * letter may be as large as a command. Any thread; blocks.
 */
final class Letters {
    /** So many of the newest records are looked at; every turn that buries something adds a marker to them. */
    private static final int NEWEST = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Letters.class.getName());

    private final Clients clients;
    private final TopicPartition partition;
    private final ReentrantLock lock = new ReentrantLock();

    Letters(Clients clients, String topic) {
        this.clients = clients;
        partition = new TopicPartition(topic, 0);
    }

    /** The newest first, of one task type or of all. */
    List<Letter> newest(@Nullable String taskType, int limit) throws LogUnavailable {
        // one that was buried again, after a reset of positions say, counts once
        var found = new LinkedHashMap<String, Letter>();
        scan((key, dead) -> {
            if (taskType == null || taskType.equals(dead.taskType())) {
                var letter = letter(key, dead);
                found.remove(letter.place());
                found.put(letter.place(), letter);
            }
        });
        var all = new ArrayList<>(found.values()).reversed();
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /** The letter of the command at this place, or empty if it is not among the newest. */
    Optional<Letter.Opened> at(String place) throws LogUnavailable {
        var found = new ArrayList<Letter.Opened>();
        scan((key, dead) -> {
            var letter = letter(key, dead);
            if (letter.place().equals(place)) {
                found.add(opened(letter, key, dead));
            }
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    private static Letter letter(byte @Nullable [] key, DeadLetter dead) {
        return new Letter(DeadLetter.place(dead.taskType(), dead.partition(), dead.offset()), dead.taskType(),
                key != null && key.length == JobId.SIZE ? JobId.of(key) : null, dead.at(), dead.reason(),
                dead.value().size());
    }

    private static Letter.Opened opened(Letter letter, byte @Nullable [] key, DeadLetter dead) {
        try {
            var read = Commands.read(key, dead.value().array(), dead.offset(), Instant.EPOCH);
            return new Letter.Opened(letter, dead.value(), read.command(), "");
        } catch (Undecodable | NewerWriter e) {
            return new Letter.Opened(letter, dead.value(), null, String.valueOf(e.getMessage()));
        }
    }

    private void scan(BiConsumer<byte @Nullable [], DeadLetter> visitor) throws LogUnavailable {
        boolean ours = false;
        try {
            ours = lock.tryLock(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!ours) {
                throw new LogFailure("others are reading the dead letters");
            }
            var consumer = clients.consumer(true, Map.of("fetch.max.wait.ms", 50, "max.poll.records", 50,
                    "default.api.timeout.ms", (int) LIMIT.toMillis()));
            try {
                scan(consumer, visitor);
            } finally {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("interrupted while reading the dead letters", e);
        } catch (KafkaException | LogFailure e) {
            throw new LogUnavailable(String.valueOf(e.getMessage()), e);
        } finally {
            if (ours) {
                lock.unlock();
            }
        }
    }

    private void scan(Consumer<byte[], byte[]> consumer, BiConsumer<byte @Nullable [], DeadLetter> visitor) {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(Set.of(partition), LIMIT).getOrDefault(partition, 0L);
        long start = consumer.beginningOffsets(Set.of(partition), LIMIT).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(start, end - 2L * NEWEST));
        while (consumer.position(partition, LIMIT) < end) {
            if (System.nanoTime() > giveUp) {
                throw new LogFailure("the dead letters could not be read within " + LIMIT.toSeconds() + " s");
            }
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                visit(record, visitor);
            }
        }
    }

    private static void visit(ConsumerRecord<byte[], byte[]> record,
            BiConsumer<byte @Nullable [], DeadLetter> visitor) {
        try {
            visitor.accept(record.key(), DeadLetter.read(record.value()));
        } catch (Undecodable | NewerWriter e) {
            LOG.log(System.Logger.Level.WARNING, "dead letter {0} cannot be read: {1}", record.offset(),
                    e.getMessage());
        }
    }
}
