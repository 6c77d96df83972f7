package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InfosTest {
    private final Redaction redaction = new Redaction();

    @Test
    void jsonStaysJson() throws Exception {
        var info = new LinkedHashMap<String, Object>();
        info.put("b", true);
        info.put("l", Arrays.asList(1, null, "x"));
        info.put("m", Map.of("n", 2.5));
        info.put("none", null);
        var expected = new LinkedHashMap<String, Object>(info);
        expected.put("l", Arrays.asList(1.0, null, "x"));
        assertEquals(expected, read(info));
    }

    @Test
    void whatIsNoJsonIsText() throws Exception {
        var id = new UUID(1, 2);
        assertEquals(Map.of("id", id.toString(), "nan", "NaN"), read(Map.of("id", id, "nan", Double.NaN)));
    }

    @Test
    void anEmptyInfoLeavesWhatIsKnown() {
        assertNull(Infos.write(Map.of(), redaction));
    }

    @Test
    void equalInfosHaveEqualBytes() {
        var there = new LinkedHashMap<String, Object>();
        var back = new LinkedHashMap<String, Object>();
        for (int i = 0; i < 20; i++) {
            there.put("k" + i, i);
            back.putFirst("k" + i, i);
        }
        assertEquals(Infos.write(there, redaction), Infos.write(back, redaction));
    }

    @Test
    void secretsAreRedactedInKeysAndValues() throws Exception {
        redaction.remember("swordfish");
        assertEquals(Map.of("k***", List.of("v***")), read(Map.of("kswordfish", List.of("vswordfish"))));
    }

    @Test
    void aLargeOrEndlessInfoIsDroppedWithANote() throws Exception {
        var endless = new LinkedHashMap<String, Object>();
        endless.put("self", endless);
        Object wide = List.of();
        for (int i = 0; i < 10; i++) {
            wide = new ArrayList<>(Collections.nCopies(10, wide));
        }
        for (var info : List.of(Map.<String, Object>of("x", "x".repeat(Infos.MAX_BYTES)), endless,
                Map.<String, Object>of("wide", wide), Map.<String, Object>of("x", "é".repeat(Infos.MAX_BYTES - 100)))) {
            var note = read(info);
            assertEquals(Set.of("outboard"), note.keySet());
            assertTrue(note.get("outboard").toString().contains("dropped"), note::toString);
        }
        var fits = Map.<String, Object>of("x", "x".repeat(Infos.MAX_BYTES - 100));
        assertEquals(fits, read(fits));
    }

    private Map<String, Object> read(Map<String, Object> info) throws Exception {
        return Structs.read(Struct.parseFrom(Infos.write(info, redaction).array()));
    }
}
