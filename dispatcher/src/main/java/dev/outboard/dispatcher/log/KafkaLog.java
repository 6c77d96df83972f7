package dev.outboard.dispatcher.log;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** {@link LogPort} on Kafka: a group member, a transactional producer, and a second consumer that restores. */
public final class KafkaLog implements LogPort {
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String group;
    private final String commands;
    private final String state;
    private final String deadLetters;
    private final String transactionalId;
    private final Admin admin;
    private final Member member;
    private final Producer<byte[], byte[]> producer;
    private final RecordReader reader;
    private final Consumer<byte[], byte[]> restorer;

    /**
     * Joins the group of the task type's workers.
     *
     * @throws LogFailure if Kafka could not be reached
     */
    public static KafkaLog open(LogConfig config, String taskType) {
        var clients = new Clients(config);
        Map<String, Object> joining;
        try (var admin = clients.admin()) {
            joining = Group.settings(admin, config.names().workers(taskType));
        }
        var log = new KafkaLog(clients, config.names(), taskType, joining);
        try {
            log.join();
            return log;
        } catch (LogFailure e) {
            log.close();
            throw e;
        }
    }

    private KafkaLog(Clients clients, Names names, String taskType, Map<String, Object> joining) {
        group = names.workers(taskType);
        commands = names.commands(taskType);
        state = names.state(taskType);
        deadLetters = names.deadLetters();
        transactionalId = names.transactionalId(taskType);
        admin = clients.admin();
        var settings = new HashMap<>(joining);
        settings.put("max.poll.interval.ms", 30_000);
        settings.put("max.poll.records", 2000);
        member = new Member(clients.consumer(true, settings), commands);
        producer = clients.producer(Map.of("transactional.id", transactionalId, "transaction.timeout.ms", 10_000,
                "delivery.timeout.ms", 8000, "request.timeout.ms", 4000,
                // a commit blocks up to three times for so long, and must stay below the watchdog's patience
                "max.block.ms", 3000));
        restorer = clients.consumer(true, Map.of("max.poll.records", 5000));
        reader = new RecordReader(clients);
    }

    private void join() {
        guarded("join group " + group, () -> {
            producer.initTransactions();
            member.join();
            return group;
        });
    }

    @Override
    public String transactionalId() {
        return transactionalId;
    }

    @Override
    public int generation() {
        return member.metadata().generationId();
    }

    @Override
    public Polled poll(Duration wait) {
        return guarded("poll commands", () -> member.poll(wait));
    }

    @Override
    public void wake() {
        member.wake();
    }

    @Override
    public CompletableFuture<OptionalLong> committed(int partition) {
        var place = new TopicPartition(commands, partition);
        var spec = Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(place)));
        return admin.listConsumerGroupOffsets(spec, new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(found -> {
                    // the client leaves an unstable partition out of its answer, and gives null for one without an offset
                    if (!found.containsKey(place)) {
                        throw new LogFailure("an open transaction holds the position of " + place);
                    }
                    var offset = found.get(place);
                    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
                });
    }

    @Override
    public CompletableFuture<Long> bound(int partition, Bound bound) {
        var place = switch (bound) {
            case COMMANDS_START, COMMANDS_END -> new TopicPartition(commands, partition);
            case STATE_START, STATE_END -> new TopicPartition(state, partition);
        };
        var spec = switch (bound) {
            case COMMANDS_START, STATE_START -> OffsetSpec.earliest();
            case COMMANDS_END, STATE_END -> OffsetSpec.latest();
        };
        return admin.listOffsets(Map.of(place, spec), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .partitionResult(place)
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(result -> result.offset());
    }

    @Override
    public void startReading(int partition, long from) {
        guarded("read state", () -> {
            var place = new TopicPartition(state, partition);
            var reading = new HashSet<>(restorer.assignment());
            reading.add(place);
            restorer.assign(reading);
            restorer.seek(place, from);
            return place;
        });
    }

    @Override
    public StatesRead readStates(Duration wait) {
        return guarded("read state", () -> {
            var read = new ArrayList<State>();
            restorer.poll(wait).forEach(r -> read.add(new State(r.partition(), r.offset(), r.key(), r.value())));
            var positions = new HashMap<Integer, Long>();
            restorer.assignment().forEach(p -> positions.put(p.partition(), restorer.position(p, QUICK)));
            return new StatesRead(read, positions);
        });
    }

    @Override
    public void stopReading(int partition) {
        guarded("read state", () -> {
            var reading = new HashSet<>(restorer.assignment());
            reading.remove(new TopicPartition(state, partition));
            restorer.assign(reading);
            return reading;
        });
    }

    @Override
    public void endOpenTransaction(int partition) {
        new OpenTransactions(admin).end(new TopicPartition(state, partition), transactionalId);
    }

    @Override
    public void resume(int partition, long position) {
        guarded("resume commands", () -> {
            member.resume(partition, position);
            return partition;
        });
    }

    @Override
    public void pause(boolean commands) {
        member.pause(commands);
    }

    @Override
    public List<Long> commit(Batch batch) {
        return guarded("commit", () -> {
            producer.beginTransaction();
            var sent = new ArrayList<Future<RecordMetadata>>(batch.writes().size());
            for (var write : batch.writes()) {
                sent.add(producer.send(new ProducerRecord<>(state, write.partition(), write.key(), write.value())));
            }
            batch.dead().forEach(dead -> producer.send(new ProducerRecord<>(deadLetters, dead.key(), dead.value())));
            var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
            batch.positions()
                    .forEach((p, at) -> positions.put(new TopicPartition(commands, p), new OffsetAndMetadata(at)));
            producer.sendOffsetsToTransaction(positions, member.metadata());
            producer.commitTransaction();
            return sent.stream().map(f -> Futures.get("commit", f, LIMIT).offset()).toList();
        });
    }

    @Override
    public Bytes spec(int partition, long offset, JobId id, long incarnation) {
        var record = reader.read(state, partition, offset).orElse(null);
        try {
            var spec = record == null ? null : SpecRecords.read(record.value());
            if (record == null || spec == null || !JobId.of(record.key()).equals(id)
                    || spec.incarnation() != incarnation) {
                throw new LogFailure("the spec of job " + id + " is not where it was");
            }
            return spec.spec();
        } catch (Undecodable e) {
            throw new LogFailure("the spec of job " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> T guarded(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw new LogFailure(what + ": " + e.getMessage(), e);
        }
    }

    /** Leaves the group at once, so that others take over without waiting for the session to end. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        member.close(QUICK);
        restorer.close(CloseOptions.timeout(Duration.ZERO));
        reader.close();
        admin.close(Duration.ofSeconds(1));
    }
}
