package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.spi.TaskError;
import dev.outboard.support.UserFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inputs become typed parameters, or are refused with a pointer. */
class InputsTest {

    private static String sent(Object value, String declared) throws Exception {
        var inputs = new HashMap<String, Object>();
        inputs.put("x", value);
        var parameter = Inputs.parameters(inputs, declared.isEmpty() ? Map.of() : Map.of("x", declared)).getFirst();
        var type = parameter.getParameterType();
        var name = type.getArrayType() == null
                ? type.getType()
                : type.getType() + "<" + type.getArrayType().getType() + ">";
        var given = parameter.getParameterValue();
        return name + " " + (given.getArrayValues() == null
                ? given.getValue()
                : given.getArrayValues().stream().map(each -> each.getValue()).toList());
    }

    private static TaskError refused(Object value, String declared) {
        return assertThrows(UserFault.class, () -> sent(value, declared)).error();
    }

    @Test
    void scalarsHaveTheTypesThatFlytekitGives() throws Exception {
        assertEquals("INT64 9007199254740993", sent(9007199254740993L, "integer"));
        assertEquals("FLOAT64 0.1", sent(0.1, "float"));
        assertEquals("FLOAT64 3", sent(3L, "float"));
        assertEquals("FLOAT64 NaN", sent(Double.NaN, "float"));
        assertEquals("STRING it's @x", sent("it's @x", "string"));
        assertEquals("STRING a", sent("a", "enum"));
        assertEquals("BOOL true", sent(true, "boolean"));
        assertEquals("BYTES AP8=", sent(new byte[]{0, -1}, "binary"));
        assertEquals("DATETIME 2026-11-20 20:34:44.123456", sent(Instant.parse("2026-11-20T20:34:44.123456789Z"), ""));
        assertEquals("DATETIME 0001-01-01 00:00:00.000000", sent(Instant.parse("0001-01-01T00:00:00Z"), "datetime"));
    }

    @Test
    void listsAreArraysOfTheirElements() throws Exception {
        assertEquals("ARRAY<INT64> [1, 2]", sent(List.of(1L, 2L), "[integer]"));
        assertEquals("ARRAY<FLOAT64> [1, 2.5]", sent(List.of(1L, 2.5), ""));
        assertEquals("ARRAY<STRING> []", sent(List.of(), "[string]"));
        assertEquals("ARRAY<DATETIME> []", sent(List.of(), "[datetime]"));
        assertEquals("ARRAY<BOOL> [true]", sent(List.of(true), "[boolean]"));
    }

    @Test
    void nullIsOneOfItsDeclaredType() throws Exception {
        assertEquals("INT64 null", sent(null, "integer"));
        assertEquals("ARRAY<STRING> null", sent(null, "[string]"));
        assertEquals("/inputs/x", refused(null, "union").pointer());
        assertEquals("/inputs/x", refused(null, "").pointer());
        assertEquals("/inputs/x", refused(List.of(), "").pointer());
    }

    @Test
    void whatBigQueryHasNoTypeForIsRefused() {
        for (var value : List.of(Duration.ofSeconds(1), Map.of("a", 1L), new StructuredDataset("bq://p:d.t", ""),
                new Blob("gs://b/o", ""), List.of(List.of(1L)), List.of(1L, "a"), List.of(Duration.ZERO),
                Instant.parse("+10000-01-01T00:00:00Z"), Instant.parse("0000-12-31T23:59:59Z"),
                Arrays.asList(1L, null))) {
            var error = refused(value, "");
            assertEquals("UnsupportedInput", error.code(), value.toString());
            assertEquals("/inputs/x", error.pointer());
        }
        assertEquals(
                "the input `x` cannot be given to BigQuery: BigQuery has no parameter for a Duration; pass numbers,"
                        + " strings, booleans, bytes, datetimes, or lists of these",
                refused(Duration.ZERO, "duration").message());
    }
}
