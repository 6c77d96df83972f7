package dev.outboard.runtime;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.outboard.dispatcher.job.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes messages so that equal ones have equal bytes: a poll that finds nothing new must not look like news. */
final class Protos {
    private Protos() {}

    static Bytes bytes(MessageLite message) {
        var bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Bytes.of(bytes);
    }
}
