package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.flyteidl.core.Binary;
import dev.outboard.flyteidl.core.Error;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralCollection;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.LiteralOffloadedMetadata;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.Schema;
import dev.outboard.flyteidl.core.Union;
import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs, and what outputs read back as. */
class LiteralsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsWrittenReadsBackTheSame(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var outputs = new LinkedHashMap<String, Object>();
            for (int n = random.nextInt(6); n > 0; n--) {
                outputs.put("o" + n, any(random, 0));
            }
            var read = Literals.read(LiteralMap.parseFrom(Outputs.write(outputs, 1 << 20).array()), "/inputs");
            assertTrue(same(outputs, read), () -> "seed " + seed + ": " + outputs + " became " + read);
        }
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 9 : 11)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean() ? random.nextGaussian() : Double.NaN;
            case 2 -> "s" + random.nextInt() + "é😀";
            case 3 -> random.nextBoolean();
            case 4 -> Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L),
                    random.nextInt(1_000_000_000));
            case 5 -> Duration.ofSeconds(random.nextLong(-1_000, 1_000), random.nextInt(1_000_000_000));
            case 6 -> {
                var bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case 7 -> random.nextBoolean()
                    ? new StructuredDataset("s3://d/" + random.nextInt(), "parquet")
                    : new Blob("s3://b/" + random.nextInt(), "csv");
            case 8 -> null;
            case 9 -> {
                var list = new ArrayList<Object>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    list.add(any(random, depth + 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, Object>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    map.put("k" + n, any(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static boolean same(Object a, Object b) {
        return switch (a) {
            case byte[] bytes -> b instanceof byte[] others && Arrays.equals(bytes, others);
            case List<?> list -> b instanceof List<?> others && list.size() == others.size()
                    && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), others.get(i)));
            case Map<?, ?> map -> b instanceof Map<?, ?> others && map.keySet().equals(others.keySet())
                    && map.keySet().stream().allMatch(key -> same(map.get(key), others.get(key)));
            case null, default -> Objects.equals(a, b);
        };
    }

    @Test
    void inputsComeInOrderOfName() throws Exception {
        var literals = LiteralMap.newBuilder();
        for (var name : List.of("c", "a", "b")) {
            literals.putLiterals(name, integer(1));
        }
        assertEquals(List.of("a", "b", "c"), List.copyOf(Literals.read(literals.build(), "").keySet()));
    }

    @Test
    void aUnionIsItsValue() throws Exception {
        var union = Union.newBuilder()
                .setValue(scalar(Scalar.newBuilder()
                        .setUnion(Union.newBuilder()
                                .setValue(integer(7)))));
        assertEquals(7L, read(Scalar.newBuilder().setUnion(union)));
    }

    @Test
    void aGenericStructIsAMapOfDoubles() throws Exception {
        var inner = Struct.newBuilder()
                .putFields("n", Value.newBuilder().setNumberValue(1).build())
                .putFields("none", Structs.nothing())
                .putFields("s", Structs.text("x"));
        var list = com.google.protobuf.ListValue.newBuilder()
                .addValues(Value.newBuilder().setBoolValue(true))
                .addValues(Value.newBuilder().setStructValue(inner));
        var struct = Struct.newBuilder().putFields("list", Value.newBuilder().setListValue(list).build());
        var expected = new LinkedHashMap<String, Object>();
        expected.put("n", 1.0);
        expected.put("none", null);
        expected.put("s", "x");
        assertEquals(Map.of("list", List.of(true, expected)), read(Scalar.newBuilder().setGeneric(struct)));
    }

    @Test
    void msgpackIsItsBytes() throws Exception {
        var binary = Binary.newBuilder().setTag("msgpack").setValue(ByteString.copyFromUtf8("mp"));
        assertArrayEquals("mp".getBytes(), (byte[]) read(Scalar.newBuilder().setBinary(binary)));
    }

    @Test
    void aSchemaOfFlyte1IsAParquetDataset() throws Exception {
        assertEquals(new StructuredDataset("s3://x", "parquet"),
                read(Scalar.newBuilder().setSchema(Schema.newBuilder().setUri("s3://x"))));
    }

    @Test
    void noneIsNull() throws Exception {
        assertNull(read(Scalar.newBuilder().setNoneType(dev.outboard.flyteidl.core.Void.getDefaultInstance())));
    }

    @Test
    void anOffloadedLiteralIsTheCallersErrorWithAPointer() {
        var offloaded = Literal.newBuilder()
                .setOffloadedMetadata(LiteralOffloadedMetadata.newBuilder().setUri("s3://big"))
                .build();
        var list = Literal.newBuilder()
                .setCollection(LiteralCollection.newBuilder()
                        .addLiterals(integer(1))
                        .addLiterals(offloaded))
                .build();
        var error = refused(LiteralMap.newBuilder().putLiterals("a/b~", list).build());
        assertEquals("OffloadedInput", error.code());
        assertEquals("/inputs/literals/a~1b~0/collection/literals/1", error.pointer());
        assertTrue(error.message().contains("s3://big"), error.message());
    }

    @Test
    void whatHasNoMeaningHereIsTheCallersError() {
        for (var literal : List.of(Literal.getDefaultInstance(), scalar(Scalar.newBuilder()),
                scalar(Scalar.newBuilder().setPrimitive(Primitive.getDefaultInstance())),
                scalar(Scalar.newBuilder().setError(Error.newBuilder().setMessage("boom"))),
                scalar(Scalar.newBuilder()
                        .setPrimitive(Primitive.newBuilder()
                                .setDatetime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))),
                scalar(Scalar.newBuilder()
                        .setPrimitive(Primitive.newBuilder()
                                .setDuration(
                                        com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(Long.MAX_VALUE)
                                                .setNanos(Integer.MAX_VALUE)))))) {
            assertEquals("UnsupportedInput", refused(LiteralMap.newBuilder().putLiterals("x", literal).build()).code());
        }
    }

    private static JobError refused(LiteralMap literals) {
        var error = assertThrows(Refusal.class, () -> Literals.read(literals, "/inputs")).error();
        assertEquals(JobError.Kind.USER, error.kind());
        return error;
    }

    private static Object read(Scalar.Builder scalar) throws Refusal {
        return Literals.read(LiteralMap.newBuilder().putLiterals("x", scalar(scalar)).build(), "").get("x");
    }

    private static Literal scalar(Scalar.Builder scalar) {
        return Literal.newBuilder().setScalar(scalar).build();
    }

    private static Literal integer(long value) {
        return scalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setInteger(value)));
    }
}
