package dev.outboard.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static Settings of(String name, String value) {
        return new Settings("bigquery", Map.of(name, value), Set.of(name));
    }

    @Test
    void valuesByTheirType() {
        assertEquals(List.of("a", "b"), of("x", " a, b,,").list("x"));
        assertEquals(7, of("x", "7").integer("x", 1, 1, 9));
        assertEquals(URI.create("http://127.0.0.1:1"), of("x", "http://127.0.0.1:1/").url("x"));
        assertEquals(Duration.ofSeconds(3), of("x", "PT3S").duration("x", Duration.ofDays(1)));
        assertTrue(of("x", "true").flag("x", false));
        assertNull(of("x", " ").url("x"));
        assertEquals(3, of("x", "").integer("x", 3, 1, 9));
    }

    @Test
    void nonsenseIsRefusedByName() {
        for (var wrong : List.<Runnable>of(() -> of("x", "10").integer("x", 1, 1, 9), () -> of("x", "ftp://h").url("x"),
                () -> of("x", "no url").url("x"), () -> of("x", "-PT1S").duration("x", Duration.ZERO),
                () -> of("x", "yes").flag("x", true), () -> new Settings("bigquery", Map.of("x", "1"), Set.of("y")))) {
            var message = assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
            assertTrue(message.contains("bigquery") && message.contains("`x`"), message);
        }
    }
}
