package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.text.ParseException;

/** Google's own messages that have a JSON form of their own. */
final class WellKnown {
    private WellKnown() {}

    static void check(JsonNode node, Descriptor type, String at, Findings findings) {
        if (type == Struct.getDescriptor()) {
            expect(node.isObject(), "an object", node, at, findings);
        } else if (type == BoolValue.getDescriptor()) {
            expect(node.isBoolean(), "true or false", node, at, findings);
        } else if (type == Timestamp.getDescriptor()) {
            if (!node.isTextual() || !timestamp(node.textValue())) {
                findings.add(at, "must be a time such as \"2026-11-20T08:00:00Z\" (RFC 3339)");
            }
        } else if (type == Duration.getDescriptor()) {
            if (!node.isTextual() || !duration(node.textValue())) {
                findings.add(at, "must be a duration in seconds such as \"3600s\"");
            }
        } else {
            throw new IllegalStateException("no schema of ours uses " + type.getFullName());
        }
    }

    private static void expect(boolean right, String what, JsonNode node, String at, Findings findings) {
        if (!right) {
            findings.add(at, "must be " + what + ", not " + Scalars.kind(node));
        }
    }

    private static boolean timestamp(String text) {
        try {
            return Timestamps.isValid(Timestamps.parse(text));
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    private static boolean duration(String text) {
        try {
            return Durations.isValid(Durations.parse(text));
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }
}
