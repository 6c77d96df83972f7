package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.outboard.flyteidl.core.Binary;
import dev.outboard.flyteidl.core.Error;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.SimpleType;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/** Plain JSON values of a declared simple type. */
final class SimpleValues {
    private final Unknown unknown;

    SimpleValues(Unknown unknown) {
        this.unknown = unknown;
    }

    Optional<Literal> literal(JsonNode node, SimpleType type, String at, Findings findings) {
        var literal = switch (type) {
            case NONE -> node.isNull() ? Optional.of(Literals.none()) : Optional.<Literal>empty();
            case INTEGER -> Whole.value(node).map(Literals::of);
            case FLOAT -> number(node).map(Literals::of);
            case STRING -> text(node).map(Literals::of);
            case BOOLEAN ->
                node.isBoolean() ? Optional.of(Literals.of(node.booleanValue())) : Optional.<Literal>empty();
            case DATETIME -> text(node).flatMap(SimpleValues::time).map(Literals::of);
            case DURATION -> text(node).flatMap(SimpleValues::duration).map(Literals::of);
            case BINARY -> binary(node, at);
            case ERROR -> error(node, at);
            case STRUCT -> struct(node, at);
            case UNRECOGNIZED -> Optional.<Literal>empty();
        };
        if (literal.isEmpty()) {
            findings.add(at, "is declared as " + type.name() + ": must be " + form(type));
        }
        return literal;
    }

    private static String form(SimpleType type) {
        return switch (type) {
            case NONE -> "null";
            case INTEGER -> "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
            case FLOAT -> "a number";
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case DATETIME -> "a time such as \"2026-11-20T08:00:00Z\" (RFC 3339)";
            case DURATION -> "a duration such as \"3600s\" or \"PT1H\"";
            case BINARY -> "a string of base64, or an object with value and tag";
            case ERROR -> "an object with failed_node_id and message";
            case STRUCT -> "an object";
            case UNRECOGNIZED -> "of a type that this version knows";
        };
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Optional<Double> number(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.doubleValue());
        }
        // as proto3 JSON shows what JSON has no number for
        return text(node).flatMap(text -> switch (text) {
            case "NaN" -> Optional.of(Double.NaN);
            case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> Optional.empty();
        });
    }

    private static Optional<Timestamp> time(String text) {
        try {
            return Optional.of(Timestamps.parse(text)).filter(Timestamps::isValid);
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> duration(String text) {
        try {
            var duration = text.endsWith("s") ? Durations.parse(text) : iso(text);
            return Optional.of(duration).filter(Durations::isValid);
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Duration iso(String text) {
        var duration = java.time.Duration.parse(text);
        // Java's nanos count upwards from a floor, protobuf's have the sign of the seconds
        var half = Duration.newBuilder().setSeconds(duration.getSeconds());
        return duration.getNano() > 0 && duration.isNegative()
                ? half.setSeconds(duration.getSeconds() + 1).setNanos(duration.getNano() - 1_000_000_000).build()
                : half.setNanos(duration.getNano()).build();
    }

    private Optional<Literal> binary(JsonNode node, String at) {
        if (Scalars.isBase64(node)) {
            var bytes = Base64.getDecoder().decode(node.textValue().replace('-', '+').replace('_', '/'));
            return Optional.of(Literals.scalar(
                    Scalar.newBuilder().setBinary(Binary.newBuilder().setValue(ByteString.copyFrom(bytes)))));
        }
        var binary = Binary.newBuilder();
        return Protos.read(node, binary, at, unknown, new Findings())
                ? Optional.of(Literals.scalar(Scalar.newBuilder().setBinary(binary)))
                : Optional.empty();
    }

    private Optional<Literal> error(JsonNode node, String at) {
        var error = Error.newBuilder();
        return Protos.read(node, error, at, unknown, new Findings())
                ? Optional.of(Literals.scalar(Scalar.newBuilder().setError(error)))
                : Optional.empty();
    }

    private Optional<Literal> struct(JsonNode node, String at) {
        var struct = Struct.newBuilder();
        return Protos.read(node, struct, at, unknown, new Findings())
                ? Optional.of(Literals.scalar(Scalar.newBuilder().setGeneric(struct)))
                : Optional.empty();
    }
}
