package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a JSON value fits a field that is no message. */
final class Scalars {
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private Scalars() {}

    /** What is wrong with it, or null. */
    static @Nullable String wrong(JsonNode node, FieldDescriptor field, Unknown unknown) {
        return switch (field.getType()) {
            case STRING -> node.isTextual() ? null : "must be a string, not " + kind(node);
            case BOOL -> node.isBoolean() ? null : "must be true or false, not " + kind(node);
            case DOUBLE, FLOAT -> isDouble(node) ? null : "must be a number, not " + kind(node);
            case BYTES -> isBase64(node) ? null : "must be a string of base64";
            case ENUM -> wrongEnum(node, field.getEnumType(), unknown);
            case UINT32, FIXED32 -> Whole.wrong(node, 0, 0xffff_ffffL);
            case UINT64, FIXED64 -> Whole.wrong(node, 0, Long.MAX_VALUE);
            case INT64, SINT64, SFIXED64 -> Whole.wrong(node, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT32, SINT32, SFIXED32 -> Whole.wrong(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case MESSAGE, GROUP -> throw new IllegalArgumentException(field.getFullName() + " is a message");
        };
    }

    /** What kind of JSON value this is, for people. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not from a text");
        };
    }

    private static boolean isDouble(JsonNode node) {
        if (node.isTextual() && NOT_FINITE.contains(node.textValue())) {
            return true;
        }
        var number = Whole.decimal(node);
        return number != null && !Double.isInfinite(number.doubleValue());
    }

    static boolean isBase64(JsonNode node) {
        if (!node.isTextual()) {
            return false;
        }
        try {
            Base64.getDecoder().decode(node.textValue().replace('-', '+').replace('_', '/'));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String wrongEnum(JsonNode node, EnumDescriptor type, Unknown unknown) {
        if (node.isTextual()) {
            boolean good = unknown == Unknown.IGNORED || type.findValueByName(node.textValue()) != null;
            return good ? null : "must be one of " + names(type);
        }
        return node.isInt() ? null : "must be one of " + names(type) + ", not " + kind(node);
    }

    private static String names(EnumDescriptor type) {
        return String.join(", ", type.getValues().stream().map(EnumValueDescriptor::getName).toList());
    }
}
