package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;

/**
 * Walks a document beside the message type that it is to become and notes, with its pointer, each member that does not
 * fit. What passes, JsonFormat reads without a complaint.
 */
final class Shape {
    private final Unknown unknown;
    private final Findings findings;

    Shape(Unknown unknown, Findings findings) {
        this.unknown = unknown;
        this.findings = findings;
    }

    void message(JsonNode node, Descriptor type, String at) {
        if (type.getFullName().startsWith("google.protobuf.")) {
            WellKnown.check(node, type, at, findings);
        } else if (!node.isObject()) {
            findings.add(at, "must be an object, not " + Scalars.kind(node));
        } else {
            var seen = new HashSet<Object>();
            for (var member : node.properties()) {
                var field = Members.of(type).get(member.getKey());
                var below = Pointers.child(at, member.getKey());
                if (field == null) {
                    if (unknown == Unknown.REFUSED) {
                        findings.add(below, "is not a member of " + type.getName() + "; known are: " + names(type));
                    }
                } else if (!member.getValue().isNull()) {
                    once(field, seen, below);
                    field(member.getValue(), field, below);
                }
            }
        }
    }

    /** A field may be spelled in two ways, and of a oneof only one may be there. */
    private void once(FieldDescriptor field, HashSet<Object> seen, String at) {
        var oneof = field.getContainingOneof();
        if (!seen.add(oneof == null ? field : oneof)) {
            findings.add(at, oneof == null
                    ? "is given twice, in both spellings"
                    : "cannot stand beside another of " + String.join(", ",
                            oneof.getFields().stream().map(FieldDescriptor::getName).toList()));
        }
    }

    private void field(JsonNode node, FieldDescriptor field, String at) {
        if (field.isMapField()) {
            if (!node.isObject()) {
                findings.add(at, "must be an object, not " + Scalars.kind(node));
                return;
            }
            var value = field.getMessageType().findFieldByName("value");
            for (var entry : node.properties()) {
                value(entry.getValue(), value, Pointers.child(at, entry.getKey()));
            }
        } else if (field.isRepeated()) {
            if (!node.isArray()) {
                findings.add(at, "must be an array, not " + Scalars.kind(node));
                return;
            }
            for (int i = 0; i < node.size(); i++) {
                value(node.get(i), field, Pointers.child(at, i));
            }
        } else {
            value(node, field, at);
        }
    }

    private void value(JsonNode node, FieldDescriptor field, String at) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            message(node, field.getMessageType(), at);
        } else {
            var wrong = Scalars.wrong(node, field, unknown);
            if (wrong != null) {
                findings.add(at, wrong);
            }
        }
    }

    private static String names(Descriptor type) {
        return String.join(", ", type.getFields().stream().map(FieldDescriptor::getName).toList());
    }
}
