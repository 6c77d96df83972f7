package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.flyteidl.core.LiteralMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private static final int LIMIT = 1 << 20;

    @Test
    void javasOtherNumbersAreIntegersOrFloats() throws Exception {
        assertEquals(5L, there((byte) 5));
        assertEquals(5L, there((short) 5));
        assertEquals(5L, there(5));
        assertEquals(0.5, there(0.5f));
        assertEquals(2.0, there(new BigDecimal("2.00")));
        assertEquals(2.25, there(new BigDecimal("2.25")));
        assertEquals(200L, there(new BigDecimal("2E+2")));
        assertEquals(Long.MIN_VALUE, there(BigInteger.valueOf(Long.MIN_VALUE)));
        assertEquals(Long.MAX_VALUE, there(new BigDecimal(Long.MAX_VALUE)));
        assertEquals(0x1p63, there(BigInteger.ONE.shiftLeft(63)));
        assertEquals(-0x1p64, there(BigInteger.ONE.shiftLeft(64).negate()));
        assertEquals(1e30, there(new BigDecimal("1E+30")));
    }

    private static Object there(Object value) throws Exception {
        return Literals.read(LiteralMap.parseFrom(write(Map.of("x", value)).array()), "").get("x");
    }

    @Test
    void aNegativeDurationHasOneSign() throws Exception {
        var duration = LiteralMap.parseFrom(write(Map.of("x", Duration.ofMillis(-1_500))).array())
                .getLiteralsOrThrow("x")
                .getScalar()
                .getPrimitive()
                .getDuration();
        assertEquals(-1, duration.getSeconds());
        assertEquals(-500_000_000, duration.getNanos());
    }

    @Test
    void equalOutputsHaveEqualBytes() throws Exception {
        var there = new LinkedHashMap<String, Object>();
        var back = new LinkedHashMap<String, Object>();
        for (int i = 0; i < 20; i++) {
            there.put("k" + i, (long) i);
            back.putFirst("k" + i, (long) i);
        }
        assertEquals(write(there), write(back));
    }

    @Test
    void aValueThatFlyteCannotCarryIsTheConnectorsBugAndNamed() {
        var values = new ArrayList<Object>(List.of(new UUID(1, 2), 'c', Map.of(1, 2), List.of(new Object()),
                Instant.MAX, Instant.MIN, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MIN_VALUE),
                new BigDecimal("1E+999999999")));
        var endless = new ArrayList<Object>();
        endless.add(endless);
        values.add(endless);
        for (var value : values) {
            var error = refused(Map.of("my_output", value));
            assertEquals(JobError.Kind.SYSTEM, error.kind());
            assertEquals("ConnectorBug", error.code());
            assertTrue(error.message().contains("my_output"), error.message());
        }
    }

    @Test
    void whatIsDeepestStillReads() throws Exception {
        Object value = 1L;
        for (int depth = 0; depth < 20; depth++) {
            value = Map.of("k", value);
        }
        assertNotNull(there(value));
        assertTrue(refused(Map.of("deep", Map.of("k", value))).message().contains("deep"));
    }

    @Test
    void outputsWithoutEndAreTooLargeNotOutOfMemory() throws Exception {
        var wide = new ArrayList<Object>();
        for (int i = 0; i < 10; i++) {
            wide = new ArrayList<>(Collections.nCopies(10, wide));
        }
        assertNull(write(Map.of("wide", wide)));
        assertNull(write(Map.of("long", "x".repeat(LIMIT))));
    }

    private static Bytes write(Map<String, Object> outputs) throws Refusal {
        return Outputs.write(outputs, LIMIT);
    }

    private static JobError refused(Map<String, Object> outputs) {
        return assertThrows(Refusal.class, () -> write(outputs)).error();
    }
}
