package dev.outboard.runtime;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads Flyte's literals into plain Java: {@code Long, Double, String, Boolean, Instant, Duration, byte[], List, Map,
 * StructuredDataset, Blob} and null. A union is its value, a generic Struct a Map, a binary its bytes, Flyte 1's schema a
 * dataset of format parquet.
 */
final class Literals {
    private Literals() {}

    /**
     * The values in order of name; not to be changed.
     *
     * @param pointer where the map stands in the create body
     * @throws Refusal of kind USER, if a value is none that a connector can be given
     */
    static Map<String, @Nullable Object> read(LiteralMap literals, String pointer) throws Refusal {
        var map = new TreeMap<String, @Nullable Object>();
        for (var entry : literals.getLiteralsMap().entrySet()) {
            map.put(entry.getKey(), read(entry.getValue(), pointer + "/literals/" + escape(entry.getKey())));
        }
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object read(Literal literal, String pointer) throws Refusal {
        return switch (literal.getValueCase()) {
            case SCALAR -> read(literal.getScalar(), pointer + "/scalar");
            case MAP -> read(literal.getMap(), pointer + "/map");
            case COLLECTION -> {
                var list = new ArrayList<@Nullable Object>();
                for (var element : literal.getCollection().getLiteralsList()) {
                    list.add(read(element, pointer + "/collection/literals/" + list.size()));
                }
                yield Collections.unmodifiableList(list);
            }
            case OFFLOADED_METADATA -> throw refusal("OffloadedInput", "this input was offloaded to "
                    + literal.getOffloadedMetadata().getUri() + ", and offloaded literals are not read; pass the value"
                    + " itself, or a reference as a string, blob or structured dataset", pointer);
            case VALUE_NOT_SET -> throw refusal("UnsupportedInput", "this literal has no value known here", pointer);
        };
    }

    private static @Nullable Object read(Scalar scalar, String pointer) throws Refusal {
        return switch (scalar.getValueCase()) {
            case PRIMITIVE -> read(scalar.getPrimitive(), pointer);
            case NONE_TYPE -> null;
            case BINARY -> scalar.getBinary().getValue().toByteArray();
            case GENERIC -> Structs.read(scalar.getGeneric());
            case UNION -> read(scalar.getUnion().getValue(), pointer + "/union/value");
            case BLOB -> new Blob(scalar.getBlob().getUri(), scalar.getBlob().getMetadata().getType().getFormat());
            case STRUCTURED_DATASET -> {
                var dataset = scalar.getStructuredDataset();
                yield new StructuredDataset(dataset.getUri(),
                        dataset.getMetadata().getStructuredDatasetType().getFormat());
            }
            case SCHEMA -> new StructuredDataset(scalar.getSchema().getUri(), "parquet");
            case ERROR -> throw refusal("UnsupportedInput", "this input is an error: "
                    + scalar.getError().getMessage(), pointer);
            case VALUE_NOT_SET -> throw refusal("UnsupportedInput", "this scalar has no value known here", pointer);
        };
    }

    private static Object read(Primitive primitive, String pointer) throws Refusal {
        return switch (primitive.getValueCase()) {
            case INTEGER -> primitive.getInteger();
            case FLOAT_VALUE -> primitive.getFloatValue();
            case STRING_VALUE -> primitive.getStringValue();
            case BOOLEAN -> primitive.getBoolean();
            case DATETIME -> read(primitive.getDatetime(), pointer);
            case DURATION -> read(primitive.getDuration(), pointer);
            case VALUE_NOT_SET -> throw refusal("UnsupportedInput", "this primitive has no value known here", pointer);
        };
    }

    private static Instant read(Timestamp time, String pointer) throws Refusal {
        try {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw refusal("UnsupportedInput", "this time lies outside the years that can be told", pointer);
        }
    }

    private static java.time.Duration read(Duration duration, String pointer) throws Refusal {
        try {
            return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
        } catch (ArithmeticException e) {
            throw refusal("UnsupportedInput", "this duration is longer than can be told", pointer);
        }
    }

    private static Refusal refusal(String code, String message, String pointer) {
        return new Refusal(new JobError(JobError.Kind.USER, code, message, false, pointer));
    }

    /** A key as it stands in a JSON pointer (RFC 6901). */
    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
