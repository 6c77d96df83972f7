package dev.outboard.dispatcher.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.wire.proto.WatermarkRecord;

/**
 * The last record of its partition in every transaction: how far the commands are folded, and by whom.
 *
 * @param position offset of the next command to fold
 * @param generation of the worker group when it was written
 * @param transactionalId of the writer: whom a successor fences
 */
public record Watermark(long position, int generation, String transactionalId) {

    public byte[] write() {
        return WatermarkRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setPosition(position)
                .setGeneration(generation)
                .setTransactionalId(transactionalId)
                .build()
                .toByteArray();
    }

    /**
     * The watermark in this record.
     *
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static Watermark read(byte[] value) throws Undecodable {
        try {
            var record = WatermarkRecord.parseFrom(value);
            Wire.check("a watermark", record.getMajor());
            return new Watermark(record.getPosition(), record.getGeneration(), record.getTransactionalId());
        } catch (InvalidProtocolBufferException e) {
            throw new Undecodable("no protobuf: " + e.getMessage());
        }
    }
}
