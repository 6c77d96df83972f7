package dev.outboard.dispatcher.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.wire.proto.TypeRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A known task type, as the registry describes it.
 *
 * @param versions the task type versions that can be handed over
 * @param partitions of both its topics
 * @param commandsTopicId Kafka's id of its command topic
 * @param stateTopicId Kafka's id of its state topic
 */
public record Descriptor(String taskType, SortedSet<Integer> versions, String connector, String connectorVersion,
        Guarantee guarantee, int partitions, String commandsTopicId, String stateTopicId) {
    private static final String PREFIX = "type/";

    /** The registry key of a task type. */
    public static byte[] key(String taskType) {
        return (PREFIX + taskType).getBytes(StandardCharsets.UTF_8);
    }

    /** The task type that a registry key is about, or empty if it is about something else. */
    public static Optional<String> taskType(byte[] key) {
        var text = new String(key, StandardCharsets.UTF_8);
        return text.startsWith(PREFIX) ? Optional.of(text.substring(PREFIX.length())) : Optional.empty();
    }

    public byte[] write() {
        return TypeRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setTaskType(taskType)
                .addAllVersions(versions)
                .setConnector(connector)
                .setConnectorVersion(connectorVersion)
                .setGuarantee(guarantee.name())
                .setPartitions(partitions)
                .setCommandsTopicId(commandsTopicId)
                .setStateTopicId(stateTopicId)
                .build()
                .toByteArray();
    }

    /**
     * The descriptor in this record.
     *
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static Descriptor read(byte[] value) throws Undecodable {
        try {
            var record = TypeRecord.parseFrom(value);
            Wire.check("a task type's descriptor", record.getMajor());
            return new Descriptor(record.getTaskType(), new TreeSet<>(record.getVersionsList()), record.getConnector(),
                    record.getConnectorVersion(), Guarantee.valueOf(record.getGuarantee()), record.getPartitions(),
                    record.getCommandsTopicId(), record.getStateTopicId());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new Undecodable("no descriptor: " + e.getMessage());
        }
    }
}
