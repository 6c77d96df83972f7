package dev.outboard.dispatcher.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.wire.proto.SpecRecord;

/** The codec of specs beside their job records. */
public final class SpecRecords {

    /** A spec as it was read: whose incarnation, and the packed bytes. */
    public record Read(long incarnation, Bytes spec) {}

    private SpecRecords() {}

    public static byte[] write(long incarnation, Bytes spec) {
        return SpecRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setIncarnation(incarnation)
                .setSpec(Wire.bytes(spec))
                .build()
                .toByteArray();
    }

    /**
     * The spec in this record.
     *
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static Read read(byte[] value) throws Undecodable {
        try {
            var record = SpecRecord.parseFrom(value);
            Wire.check("a spec", record.getMajor());
            return new Read(record.getIncarnation(), Wire.bytes(record.getSpec()));
        } catch (InvalidProtocolBufferException e) {
            throw new Undecodable("no protobuf: " + e.getMessage());
        }
    }
}
