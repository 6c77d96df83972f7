package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows partitions to their ends and keeps following: one consumer on one thread, whoever waits waits on the partition's
 * {@link Place}. Goes on by itself after trouble.
 */
final class Tail implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);
    private static final System.Logger LOG = System.getLogger(Tail.class.getName());

    /** What to do with a partition's records, in order. */
    interface Sink {
        void accept(ConsumerRecord<byte[], byte[]> record);
    }

    private record Followed(TopicPartition partition, long from, Sink sink) {}

    private final Clients clients;
    private final boolean committedOnly;
    private final Queue<Followed> coming = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Sink> sinks = new ConcurrentHashMap<>();
    private final Function<TopicPartition, Place> places;
    private final Thread thread;
    private volatile boolean closing;

    /** @param places of all partitions, also of those that others follow */
    Tail(String name, Clients clients, boolean committedOnly, Function<TopicPartition, Place> places) {
        this.clients = clients;
        this.places = places;
        this.committedOnly = committedOnly;
        thread = Thread.ofPlatform().name("tail-" + name).start(this::run);
    }

    void follow(TopicPartition partition, long from, Sink sink) {
        coming.add(new Followed(partition, from, sink));
    }

    /** How far a partition has been read; may be asked and waited on before it is followed. */
    Place place(TopicPartition partition) {
        return places.apply(partition);
    }

    private void run() {
        while (!closing) {
            try (var consumer = new Closing(clients.consumer(committedOnly,
                    Map.of("fetch.max.wait.ms", 100, "max.poll.records", 5000)))) {
                sinks.keySet().forEach(p -> assign(consumer.of, p, place(p).position()));
                while (!closing) {
                    turn(consumer.of);
                }
            } catch (OffsetOutOfRangeException e) {
                // the log begins later than we had read: what is gone was folded, or is lost for everybody
                e.offsetOutOfRangePartitions().keySet().forEach(p -> place(p).reset());
                LOG.log(System.Logger.Level.WARNING, "reading on from the start: {0}", e.getMessage());
            } catch (KafkaException | LogFailure e) {
                if (!closing) {
                    LOG.log(System.Logger.Level.WARNING, "reading again: {0}", e.getMessage());
                    // a consumer that cannot even be made (no such host) fails at once
                    pause(AFTER_TROUBLE);
                }
            }
        }
    }

    private void turn(Consumer<byte[], byte[]> consumer) {
        for (var next = coming.poll(); next != null; next = coming.poll()) {
            sinks.put(next.partition(), next.sink());
            place(next.partition()).advance(next.from());
            assign(consumer, next.partition(), next.from());
        }
        if (consumer.assignment().isEmpty()) {
            pause(WAIT);
            return;
        }
        for (var record : consumer.poll(WAIT)) {
            take(consumer, new TopicPartition(record.topic(), record.partition()), record);
        }
        // positions, not records, tell how far we are: markers and aborted records take offsets too
        consumer.assignment().forEach(p -> {
            var place = place(p);
            place.advance(consumer.position(p));
            consumer.currentLag(p).ifPresent(place::lag);
        });
    }

    /** What cannot be taken (a newer Outboard's record) ends this partition alone: its place stays, so nobody is misled. */
    private void take(Consumer<byte[], byte[]> consumer, TopicPartition partition,
            ConsumerRecord<byte[], byte[]> record) {
        var sink = sinks.get(partition);
        if (sink == null) {
            return;
        }
        try {
            sink.accept(record);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "record " + record.offset() + " of " + partition
                    + " cannot be taken, it is read no further: " + e.getMessage(), e);
            sinks.remove(partition);
            var left = new ArrayList<>(consumer.assignment());
            left.remove(partition);
            consumer.assign(left);
        }
    }

    private static void assign(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from) {
        var all = new ArrayList<>(consumer.assignment());
        all.add(partition);
        consumer.assign(all);
        if (from == Place.NOWHERE) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, from);
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A consumer that is closed without waiting for the broker. */
    private record Closing(Consumer<byte[], byte[]> of) implements AutoCloseable {
        @Override
        public void close() {
            of.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
