package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** Makes messages of JSON, checked first. */
final class Protos {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private Protos() {}

    /** Reads the node into the builder; on false there are findings, and the builder is of no use. */
    static boolean read(JsonNode node, Message.Builder into, String at, Unknown unknown, Findings findings) {
        var own = new Findings();
        new Shape(unknown, own).message(node, into.getDescriptorForType(), at);
        if (own.any()) {
            own.list().forEach(v -> findings.add(v.pointer(), v.detail()));
            return false;
        }
        try {
            PARSER.merge(node.toString(), into);
            return true;
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            // its message repeats values, so it is not passed on; nesting is what the shape does not count
            findings.add(at, "cannot be read as " + into.getDescriptorForType().getName()
                    + "; it may be nested too deeply");
            return false;
        }
    }
}
