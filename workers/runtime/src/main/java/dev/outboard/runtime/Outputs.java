package dev.outboard.runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.flyteidl.core.Binary;
import dev.outboard.flyteidl.core.BlobMetadata;
import dev.outboard.flyteidl.core.BlobType;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralCollection;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.StructuredDatasetMetadata;
import dev.outboard.flyteidl.core.StructuredDatasetType;
import dev.outboard.flyteidl.core.Void;
import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a connector's outputs as Flyte's literals: what {@link Literals} reads, and Java's other numbers. A decimal with
 * a scale is a float, one without an integer, as is a big integer; beyond 64 bits these become floats too, for Flyte has
 * nothing wider.
 */
final class Outputs {
    /** protobuf reads at most 100 messages deep, and a level of map takes three. */
    private static final int MAX_DEPTH = 20;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Duration LONGEST = Duration.ofSeconds(315_576_000_000L);
    private static final int NODE_BYTES = 8;

    /** The output that is being written, for messages. */
    private String name = "";
    private long left;

    private Outputs(int limit) {
        left = limit;
    }

    /**
     * A LiteralMap's bytes.
     *
     * @param limit about so many bytes are assembled
     * @return null where they take more
     * @throws Refusal SYSTEM {@code ConnectorBug} for a value that is none of Flyte's, naming the output
     */
    static @Nullable Bytes write(Map<String, @Nullable Object> outputs, int limit) throws Refusal {
        var writer = new Outputs(limit);
        var literals = LiteralMap.newBuilder();
        try {
            for (var entry : outputs.entrySet()) {
                writer.name = entry.getKey();
                writer.spend(entry.getKey().length());
                literals.putLiterals(entry.getKey(), writer.literal(entry.getValue(), 0));
            }
        } catch (Beyond e) {
            return null;
        }
        return Protos.bytes(literals.build());
    }

    private Literal literal(@Nullable Object value, int depth) throws Refusal {
        spend(NODE_BYTES);
        if (depth > MAX_DEPTH) {
            throw bug("is more than " + MAX_DEPTH + " levels deep");
        }
        return switch (value) {
            case List<?> list -> {
                var collection = LiteralCollection.newBuilder();
                for (var element : list) {
                    collection.addLiterals(literal(element, depth + 1));
                }
                yield Literal.newBuilder().setCollection(collection).build();
            }
            case Map<?, ?> map -> {
                var literals = LiteralMap.newBuilder();
                for (var entry : map.entrySet()) {
                    if (!(entry.getKey() instanceof String key)) {
                        throw bug("has a map whose keys are not all strings");
                    }
                    spend(key.length());
                    literals.putLiterals(key, literal(entry.getValue(), depth + 1));
                }
                yield Literal.newBuilder().setMap(literals).build();
            }
            case null, default -> Literal.newBuilder().setScalar(scalar(value)).build();
        };
    }

    private Scalar scalar(@Nullable Object value) throws Refusal {
        var scalar = Scalar.newBuilder();
        return switch (value) {
            case null -> scalar.setNoneType(Void.getDefaultInstance()).build();
            case byte[] bytes -> {
                spend(bytes.length);
                yield scalar.setBinary(Binary.newBuilder().setValue(ByteString.copyFrom(bytes))).build();
            }
            case Blob(var uri, var format) -> {
                spend(uri.length() + format.length());
                var type = BlobType.newBuilder().setFormat(format);
                yield scalar.setBlob(dev.outboard.flyteidl.core.Blob.newBuilder()
                        .setUri(uri)
                        .setMetadata(BlobMetadata.newBuilder().setType(type))).build();
            }
            case StructuredDataset(var uri, var format) -> {
                spend(uri.length() + format.length());
                var type = StructuredDatasetType.newBuilder().setFormat(format);
                yield scalar.setStructuredDataset(dev.outboard.flyteidl.core.StructuredDataset.newBuilder()
                        .setUri(uri)
                        .setMetadata(StructuredDatasetMetadata.newBuilder().setStructuredDatasetType(type))).build();
            }
            default -> scalar.setPrimitive(primitive(value)).build();
        };
    }

    private Primitive primitive(Object value) throws Refusal {
        var primitive = Primitive.newBuilder();
        return switch (value) {
            case Long number -> primitive.setInteger(number).build();
            case Integer number -> primitive.setInteger(number).build();
            case Short number -> primitive.setInteger(number).build();
            case Byte number -> primitive.setInteger(number).build();
            case Double number -> primitive.setFloatValue(number).build();
            case Float number -> primitive.setFloatValue(number).build();
            case BigInteger number -> whole(new BigDecimal(number));
            case BigDecimal number -> number.scale() > 0 ? fraction(number) : whole(number);
            case Boolean flag -> primitive.setBoolean(flag).build();
            case String text -> {
                spend(text.length());
                yield primitive.setStringValue(text).build();
            }
            case Instant time -> {
                // what lies outside, protobuf's JSON refuses to print
                if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                    throw bug("is a time outside the years 1 to 9999");
                }
                yield primitive.setDatetime(Timestamp.newBuilder()
                        .setSeconds(time.getEpochSecond())
                        .setNanos(time.getNano())).build();
            }
            case Duration duration -> {
                if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
                    throw bug("is a duration of more than 10,000 years");
                }
                yield primitive.setDuration(sameSigned(duration)).build();
            }
            default -> throw bug("is a " + value.getClass().getName() + ", which no Flyte literal can carry");
        };
    }

    private Primitive whole(BigDecimal number) throws Refusal {
        // the digits before the point; toBigInteger of 1E999999999 would take gigabytes
        boolean fits = (long) number.precision() - number.scale() <= 20
                && number.toBigInteger().bitLength() < Long.SIZE;
        return fits ? Primitive.newBuilder().setInteger(number.longValueExact()).build() : fraction(number);
    }

    private Primitive fraction(BigDecimal number) throws Refusal {
        double nearest = number.doubleValue();
        if (!Double.isFinite(nearest)) {
            throw bug("is a number beyond a float's range");
        }
        return Primitive.newBuilder().setFloatValue(nearest).build();
    }

    /** protobuf wants seconds and nanos of one sign; Java's nanos are never negative. */
    private static com.google.protobuf.Duration sameSigned(Duration duration) {
        boolean shift = duration.isNegative() && duration.getNano() > 0;
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(shift ? duration.getSeconds() + 1 : duration.getSeconds())
                .setNanos(shift ? duration.getNano() - 1_000_000_000 : duration.getNano())
                .build();
    }

    private void spend(int bytes) throws Beyond {
        left -= bytes;
        if (left < 0) {
            throw new Beyond();
        }
    }

    /** The limit is reached. */
    private static final class Beyond extends Refusal {
        private static final long serialVersionUID = 1;

        Beyond() {
            super(JobError.user("OutputsTooLarge", "the outputs are too large"));
        }
    }

    private Refusal bug(String what) {
        return new Refusal(JobError.system("ConnectorBug", "the output " + name + " " + what));
    }
}
