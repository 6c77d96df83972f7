package dev.outboard.dispatcher.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads single records by their offset, so that nobody has to keep bodies in memory. Safe for many threads. */
public final class RecordReader implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<byte[], byte[]> consumer;

    public RecordReader(Clients clients) {
        // one record is wanted, and never what follows it
        consumer = clients.consumer(true,
                Map.of("max.poll.records", 1, "fetch.max.wait.ms", 50, "max.partition.fetch.bytes", 32 * 1024));
    }

    /**
     * The record at this offset, or empty if the log keeps it no longer.
     *
     * @throws LogFailure if it could not be read within 5 s
     */
    public Optional<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, long offset) {
        var place = new TopicPartition(topic, partition);
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        acquire(place, offset);
        try {
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            while (System.nanoTime() < giveUp) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
                if (consumer.position(place) > offset) {
                    return Optional.empty();
                }
            }
            throw new LogFailure("record " + offset + " of " + place + " did not come");
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw new LogFailure("read record " + offset + " of " + place + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits behind others waits no longer for that. */
    private void acquire(TopicPartition place, long offset) {
        try {
            if (lock.tryLock(LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LogFailure("record " + offset + " of " + place + " could not be asked for, so many are");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } finally {
            lock.unlock();
        }
    }
}
