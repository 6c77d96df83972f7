package dev.outboard.dispatcher.wire;

import com.google.protobuf.ByteString;
import dev.outboard.dispatcher.wire.proto.DeadLetterRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What could not be folded, and why. */
public final class DeadLetter {
    private DeadLetter() {}

    public static byte[] write(String topic, int partition, long offset, Instant at, String reason,
            byte @Nullable [] value) {
        return DeadLetterRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setTopic(topic)
                .setPartition(partition)
                .setOffset(offset)
                .setAt(Wire.micros(at))
                .setReason(reason)
                .setValue(value == null ? ByteString.EMPTY : ByteString.copyFrom(value))
                .build()
                .toByteArray();
    }
}
