package dev.outboard.api.door;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Cursor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/** Where a page of a list begins, as text: a version, the place, and a checksum, so that a token cut short is noticed. */
final class PageToken {
    private static final byte VERSION = 1;
    private static final int PLACE = 1 + Long.BYTES + Integer.BYTES + JobId.SIZE;

    private PageToken() {}

    static String of(Cursor cursor) {
        var bytes = ByteBuffer.allocate(PLACE + Integer.BYTES)
                .put(VERSION)
                .putLong(cursor.createdAt().getEpochSecond())
                .putInt(cursor.createdAt().getNano())
                .put(cursor.id().bytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.putInt(checksum(bytes.array())).array());
    }

    /** Empty for a text that no answer ever carried. */
    static Optional<Cursor> parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.capacity() != PLACE + Integer.BYTES || bytes.getInt(PLACE) != checksum(bytes.array())
                    || bytes.get() != VERSION) {
                return Optional.empty();
            }
            var at = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
            return Optional.of(new Cursor(at, new JobId(bytes.getLong(), bytes.getLong())));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, PLACE);
        return (int) crc.getValue();
    }
}
