package dev.outboard.dispatcher.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.wire.proto.DeadLetterRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What could not be folded, and why.
 *
 * @param partition and
 * @param offset of the command in the task type's log
 * @param at when it was buried
 * @param value of the command, cut where it was too large
 */
public record DeadLetter(String taskType, int partition, long offset, Instant at, String reason, Bytes value) {
    /** The rest of a record of 2 MiB is for what is told about the value. */
    private static final int MAX_VALUE = (2 << 20) - (64 << 10);

    /** Where a command stands, which names its letter: task type, partition and offset. */
    public static String place(String taskType, int partition, long offset) {
        return taskType + ".c" + partition + "." + offset;
    }

    /** A value that is too large to be buried whole is cut; the command log keeps it for as long as it keeps anything. */
    public static byte[] write(String taskType, int partition, long offset, Instant at, String reason,
            byte @Nullable [] value) {
        return DeadLetterRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setTaskType(taskType)
                .setPartition(partition)
                .setOffset(offset)
                .setAt(Wire.micros(at))
                .setReason(reason)
                .setValue(value == null
                        ? ByteString.EMPTY
                        : ByteString.copyFrom(value, 0, Math.min(value.length, MAX_VALUE)))
                .build()
                .toByteArray();
    }

    /**
     * The letter in this record.
     *
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static DeadLetter read(byte[] value) throws Undecodable {
        try {
            var record = DeadLetterRecord.parseFrom(value);
            Wire.check("a dead letter", record.getMajor());
            return new DeadLetter(record.getTaskType(), record.getPartition(), record.getOffset(),
                    Wire.required(record.getAt()), record.getReason(), Wire.bytes(record.getValue()));
        } catch (InvalidProtocolBufferException e) {
            throw new Undecodable("no protobuf: " + e.getMessage());
        }
    }
}
