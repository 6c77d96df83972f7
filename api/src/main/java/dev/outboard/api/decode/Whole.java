package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whole numbers, as proto3 JSON has them: a number, or a string that shows one; 1.0 and 1e3 are whole too. */
final class Whole {
    private static final int LONGEST_TEXT = 40;

    private Whole() {}

    /** What is wrong with it as a whole number from {@code least} to {@code most}, or null. */
    static @Nullable String wrong(JsonNode node, long least, long most) {
        var number = decimal(node);
        if (number == null) {
            return "must be a whole number, not " + (node.isTextual() ? "some other text" : Scalars.kind(node));
        }
        var value = value(number);
        if (value.isEmpty() && isWhole(number) || value.isPresent() && (value.get() < least || value.get() > most)) {
            return "must be from " + least + " to " + most;
        }
        return value.isPresent() ? null : "must be a whole number, not a fraction";
    }

    /** The number as an int64, or empty if it is a fraction or out of range. */
    static Optional<Long> value(JsonNode node) {
        var number = decimal(node);
        return number == null ? Optional.empty() : value(number);
    }

    private static Optional<Long> value(BigDecimal number) {
        // by digits first: 1e1000000000 must not be written out
        if (!isWhole(number) || number.precision() - number.scale() > 20) {
            return Optional.empty();
        }
        BigInteger whole = number.stripTrailingZeros().toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? Optional.of(whole.longValueExact()) : Optional.empty();
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    /** The number that this is or shows, or null. */
    static @Nullable BigDecimal decimal(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (!node.isTextual() || node.textValue().length() > LONGEST_TEXT) {
            return null;
        }
        try {
            return new BigDecimal(node.textValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
