package dev.outboard.dispatcher.log;

import dev.outboard.dispatcher.log.LogPort.Command;
import dev.outboard.dispatcher.log.LogPort.Polled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A lane's place in the group of a task type's workers: which partitions it owns and what commands come. The lane's
 * thread, except for {@link #wake}.
 */
final class Member {
    private final Consumer<byte[], byte[]> consumer;
    private final String commands;
    private final Set<Integer> lost = new HashSet<>();
    private final Set<Integer> gained = new HashSet<>();
    /** Whose commands the lane wants; paused all the same while it wants none. */
    private final Set<Integer> resumed = new HashSet<>();
    private boolean paused;
    private ConsumerGroupMetadata metadata;
    private volatile boolean waiting;
    private volatile boolean woken;

    /** @param commands the topic */
    Member(Consumer<byte[], byte[]> consumer, String commands) {
        this.consumer = consumer;
        this.commands = commands;
        metadata = consumer.groupMetadata();
    }

    void join() {
        consumer.subscribe(List.of(commands), new Partitions());
    }

    /** As of the last poll (R3). */
    ConsumerGroupMetadata metadata() {
        return metadata;
    }

    /** Called inside {@link #poll}; no transaction is ever open there (R1). */
    private final class Partitions implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(p -> {
                // any position will do until the lane has restored the partition: it says where to begin
                consumer.seek(p, 0);
                gained.add(p.partition());
            });
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(p -> {
                gained.remove(p.partition());
                resumed.remove(p.partition());
                lost.add(p.partition());
            });
        }
    }

    Polled poll(Duration wait) {
        var fetched = fetch(wait);
        // R3: right after the poll whose records it covers, by the thread that polls
        metadata = consumer.groupMetadata();
        var read = new ArrayList<Command>(fetched.count());
        fetched.forEach(r -> read.add(
                new Command(r.partition(), r.offset(), Instant.ofEpochMilli(r.timestamp()), r.key(), r.value())));
        var polled = new Polled(Set.copyOf(lost), Set.copyOf(gained), read);
        lost.clear();
        gained.clear();
        return polled;
    }

    private ConsumerRecords<byte[], byte[]> fetch(Duration wait) {
        // a poll that does not wait is not woken: else one that is woken each time would never bring a command
        waiting = wait.isPositive();
        try {
            return consumer.poll(woken ? Duration.ZERO : wait);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            waiting = false;
            woken = false;
        }
    }

    void wake() {
        // in this order: whoever is about to wait sees the one, or is seen by the other
        woken = true;
        if (waiting) {
            consumer.wakeup();
        }
    }

    void resume(int partition, long position) {
        var place = new TopicPartition(commands, partition);
        consumer.seek(place, position);
        resumed.add(partition);
        if (!paused) {
            consumer.resume(List.of(place));
        }
    }

    /** What was fetched before stays in the consumer until it is wanted. */
    void pause(boolean now) {
        paused = now;
        var places = resumed.stream().map(p -> new TopicPartition(commands, p)).toList();
        if (now) {
            consumer.pause(places);
        } else {
            consumer.resume(places);
        }
    }

    /** Leaves the group at once, so that others take over without waiting for the session to end. */
    void close(Duration limit) {
        consumer.close(CloseOptions.timeout(limit));
    }
}
