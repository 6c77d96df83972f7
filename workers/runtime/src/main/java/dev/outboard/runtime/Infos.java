package dev.outboard.runtime;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.outboard.dispatcher.job.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a connector tells about a job as a Struct: redacted, and either small or left out. */
final class Infos {
    /** An info of more bytes is dropped; it goes into every record of the job. */
    static final int MAX_BYTES = 16 * 1024;
    /** protobuf reads at most 100 messages deep, and a level of Struct takes three. */
    private static final int MAX_DEPTH = 20;
    private static final String NOTE = "outboard";

    private final Redaction redaction;
    /** Counts down while values are visited, so that an endless one ends. */
    private int left = MAX_BYTES;

    private Infos(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * A Struct's bytes, the same for equal infos; null for none or an empty one. One that is too large or too deep becomes a note
     * that says so. Values that are no JSON are shown as text.
     */
    static @Nullable Bytes write(@Nullable Map<String, @Nullable Object> info, Redaction redaction) {
        if (info == null || info.isEmpty()) {
            return null;
        }
        try {
            var bytes = Protos.bytes(new Infos(redaction).struct(info, 0));
            return bytes.size() <= MAX_BYTES ? bytes : note();
        } catch (TooMuch e) {
            return note();
        }
    }

    private static Bytes note() {
        var why = "the connector's info was dropped: it takes more than " + MAX_BYTES + " bytes or is more than "
                + MAX_DEPTH + " levels deep";
        return Protos.bytes(Struct.newBuilder().putFields(NOTE, Structs.text(why)).build());
    }

    private Struct struct(Map<?, ?> map, int depth) throws TooMuch {
        var struct = Struct.newBuilder();
        for (var entry : map.entrySet()) {
            var key = text(String.valueOf(entry.getKey()));
            struct.putFields(key, value(entry.getValue(), depth + 1));
        }
        return struct.build();
    }

    private Value value(@Nullable Object value, int depth) throws TooMuch {
        spend(1);
        if (depth > MAX_DEPTH) {
            throw new TooMuch();
        }
        return switch (value) {
            case null -> Structs.nothing();
            case Boolean flag -> Value.newBuilder().setBoolValue(flag).build();
            // JSON knows neither NaN nor infinity
            case Number number when Double.isFinite(number.doubleValue()) ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case Map<?, ?> map -> Value.newBuilder().setStructValue(struct(map, depth)).build();
            case Iterable<?> values -> {
                var list = ListValue.newBuilder();
                for (var element : values) {
                    list.addValues(value(element, depth + 1));
                }
                yield Value.newBuilder().setListValue(list).build();
            }
            default -> Structs.text(text(String.valueOf(value)));
        };
    }

    private String text(String text) throws TooMuch {
        spend(text.length());
        return redaction.redact(text);
    }

    private void spend(int bytes) throws TooMuch {
        left -= bytes;
        if (left < 0) {
            throw new TooMuch();
        }
    }

    /** Ends the visit of an info that will be dropped. */
    private static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1;

        private TooMuch() {
            super(null, null, false, false);
        }
    }
}
