package dev.outboard.dispatcher.wire;

import com.google.protobuf.ByteString;
import dev.outboard.dispatcher.job.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What all codecs share: the schema's major, and how times and bytes are written. */
final class Wire {
    static final int MAJOR = 1;
    private static final long MICROS = 1_000_000;

    private Wire() {}

    static void check(String what, int major) {
        if (major > MAJOR) {
            throw new NewerWriter(what, major);
        }
    }

    static long micros(@Nullable Instant instant) {
        return instant == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** As many as a long holds, where it is more: somebody may ask for ten thousand years. */
    static long micros(@Nullable Duration duration) {
        if (duration == null) {
            return 0;
        }
        return duration.getSeconds() >= Long.MAX_VALUE / MICROS
                ? Long.MAX_VALUE
                : duration.getSeconds() * MICROS + duration.getNano() / 1000;
    }

    /** Null for 0, which is "none". */
    static @Nullable Instant instant(long micros) {
        return micros == 0 ? null : required(micros);
    }

    static Instant required(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    static @Nullable Duration duration(long micros) {
        return micros == 0 ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.array());
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.of(bytes.toByteArray());
    }
}
