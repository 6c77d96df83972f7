package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.Void;
import java.util.Set;

/** Flyte's literals: telling one from a plain value, and making one. */
final class Literals {
    private static final Set<String> VALUES = Set.of("scalar", "collection", "map", "offloaded_metadata",
            "offloadedMetadata");
    private static final Set<String> BESIDE = Set.of("hash", "metadata");

    private Literals() {}

    /** True for an object that has one of a Literal's values and no member but a Literal's. */
    static boolean looksLikeOne(JsonNode node) {
        if (!node.isObject()) {
            return false;
        }
        boolean value = false;
        for (var member : node.properties()) {
            value |= VALUES.contains(member.getKey());
            if (!VALUES.contains(member.getKey()) && !BESIDE.contains(member.getKey())) {
                return false;
            }
        }
        return value;
    }

    static Literal none() {
        return scalar(Scalar.newBuilder().setNoneType(Void.getDefaultInstance()));
    }

    static Literal of(long integer) {
        return primitive(Primitive.newBuilder().setInteger(integer));
    }

    static Literal of(double number) {
        return primitive(Primitive.newBuilder().setFloatValue(number));
    }

    static Literal of(String text) {
        return primitive(Primitive.newBuilder().setStringValue(text));
    }

    static Literal of(boolean truth) {
        return primitive(Primitive.newBuilder().setBoolean(truth));
    }

    static Literal of(Timestamp time) {
        return primitive(Primitive.newBuilder().setDatetime(time));
    }

    static Literal of(Duration duration) {
        return primitive(Primitive.newBuilder().setDuration(duration));
    }

    static Literal scalar(Scalar.Builder scalar) {
        return Literal.newBuilder().setScalar(scalar).build();
    }

    private static Literal primitive(Primitive.Builder primitive) {
        return scalar(Scalar.newBuilder().setPrimitive(primitive));
    }
}
