package dev.outboard.dispatcher.job;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Names a job: 16 bytes, shown as {@code j} and 26 characters of base32.
 *
 * @param high the first 8 bytes; they alone decide the partition
 * @param low the last 8 bytes
 */
public record JobId(long high, long low) implements Comparable<JobId> {
    /** Bytes of an id, and so of a job record's key. */
    public static final int SIZE = 16;
    private static final int TEXT_LENGTH = 27;

    /** The id in the first 16 bytes of {@code bytes}. */
    public static JobId of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new JobId(buffer.getLong(), buffer.getLong());
    }

    /** The id that this text shows, or empty if it is none: the text form is canonical, so at most one text fits. */
    public static Optional<JobId> parse(String text) {
        if (text.length() != TEXT_LENGTH || text.charAt(0) != 'j') {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Base32.decode(text.substring(1))));
        } catch (IllegalArgumentException notBase32) {
            return Optional.empty();
        }
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(SIZE).putLong(high).putLong(low).array();
    }

    /** Where this job lives: the same in API, worker and view, whatever a client library's default partitioner does. */
    public int partition(int partitions) {
        return (int) Long.remainderUnsigned(high, partitions);
    }

    /** As the bytes compare. */
    @Override
    public int compareTo(JobId other) {
        int highs = Long.compareUnsigned(high, other.high);
        return highs != 0 ? highs : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "j" + Base32.encode(bytes());
    }
}
