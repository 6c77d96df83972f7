package dev.outboard.dispatcher.log;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.wire.Descriptor;
import dev.outboard.dispatcher.wire.NewerWriter;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where task types are described: a worker writes what it serves, once its topics are there and fit. */
public final class Registry {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Registry.class.getName());

    /**
     * A task type that is known now.
     *
     * @param installation this installation's name: the registry's topic id, or what a setting overrides it with
     * @param partitions of the task type's topics
     */
    public record Announced(String installation, int partitions) {}

    private final LogConfig config;
    private final Clients clients;

    public Registry(LogConfig config) {
        this.config = config;
        this.clients = new Clients(config);
    }

    /**
     * Makes a task type known, or finds that it is: topics first, then the descriptor.
     *
     * @return what the installation's name and the topics' partition count are
     * @throws Stopped if the topics do not fit, or are not those that the registry knows
     * @throws LogFailure if Kafka could not be reached
     */
    public Announced announce(String taskType, SortedSet<Integer> versions, String connector, String connectorVersion,
            Guarantee guarantee) {
        if (!Names.isTaskType(taskType)) {
            throw new Stopped("task type '" + taskType + "' cannot have topics: use 1 to 80 of a-z, 0-9, '_' and '-'");
        }
        try (var admin = clients.admin()) {
            var topics = new Topics(admin, config);
            var registryId = topics.shared();
            var pair = topics.ofType(taskType);
            var ours = new Descriptor(taskType, versions, connector, connectorVersion, guarantee, pair.partitions(),
                    pair.commandsId(), pair.stateId());
            var known = read(admin).get(taskType);
            if (known != null) {
                checkSame(known, ours);
            }
            if (!ours.equals(known)) {
                write(ours);
                LOG.log(System.Logger.Level.INFO, "task type {0} is described: versions {1}, {2} {3}, {4} partitions",
                        taskType, versions, connector, connectorVersion, pair.partitions());
            }
            return new Announced(config.installation() == null ? registryId : config.installation(), pair.partitions());
        }
    }

    private void checkSame(Descriptor known, Descriptor ours) {
        var names = config.names();
        if (!known.commandsTopicId().equals(ours.commandsTopicId())
                || !known.stateTopicId().equals(ours.stateTopicId())) {
            throw new Stopped("the topics " + names.commands(ours.taskType()) + " and " + names.state(ours.taskType())
                    + " are not those that the registry knows: somebody deleted and remade them, and the jobs in them are "
                    + "lost. If that was meant, retire the task type by deleting its record from " + names.registry());
        }
        if (known.partitions() != ours.partitions()) {
            throw new Stopped("the registry says that task type " + ours.taskType() + " has " + known.partitions()
                    + " partitions, its topics have " + ours.partitions() + ": partitions must never be added to them");
        }
    }

    /** Every task type that is described, by name; what cannot be read is left out and logged. */
    private Map<String, Descriptor> read(Admin admin) {
        var partition = new TopicPartition(config.names().registry(), 0);
        long end = Futures.get("find the registry's end",
                admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition), LIMIT).offset();
        var types = new TreeMap<String, Descriptor>();
        try (var consumer = clients.consumer(true, Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long giveUp = System.nanoTime() + LIMIT.toNanos();
            while (consumer.position(partition, LIMIT) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    apply(types, record.key(), record.value());
                }
                if (System.nanoTime() > giveUp) {
                    throw new LogFailure("the registry was not read to its end within " + LIMIT);
                }
            }
        } catch (NewerWriter e) {
            throw new Stopped("the registry " + config.names().registry() + ": " + e.getMessage());
        } catch (KafkaException e) {
            throw new LogFailure("read the registry: " + e.getMessage(), e);
        }
        return types;
    }

    /** Applies one registry record to what is known; shared with the reader's side. */
    public static void apply(Map<String, Descriptor> types, byte[] key, byte @Nullable [] value) {
        Descriptor.taskType(key).ifPresent(taskType -> {
            try {
                if (value == null) {
                    types.remove(taskType);
                } else {
                    types.put(taskType, Descriptor.read(value));
                }
            } catch (Undecodable e) {
                LOG.log(System.Logger.Level.WARNING, "the registry''s record of task type {0} cannot be read: {1}",
                        taskType, e.getMessage());
            }
        });
    }

    private void write(Descriptor descriptor) {
        try (var producer = clients.producer(Map.of("delivery.timeout.ms", 8000, "request.timeout.ms", 4000))) {
            var record = new ProducerRecord<>(config.names().registry(), 0, Descriptor.key(descriptor.taskType()),
                    descriptor.write());
            Futures.get("describe task type " + descriptor.taskType(), producer.send(record), LIMIT);
        }
    }
}
