package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RedactionTest {
    private final Redaction redaction = new Redaction();

    @Test
    void aValueThatContainsAnotherGoesWhole() {
        redaction.remember("secret");
        redaction.remember("secret-and-more");
        assertEquals("a *** b ***", redaction.redact("a secret-and-more b secret"));
    }

    @Test
    void shortValuesStay() {
        redaction.remember("12345");
        redaction.remember("123456");
        assertEquals("12345 ***", redaction.redact("12345 123456"));
    }

    @Test
    void theLatestValuesAreRemembered() {
        for (int i = 0; i <= Redaction.MAX_VALUES; i++) {
            redaction.remember("value-%06d".formatted(i));
        }
        assertEquals("value-000000", redaction.redact("value-000000"));
        assertEquals("***", redaction.redact("value-000001"));
        assertEquals("***", redaction.redact("value-%06d".formatted(Redaction.MAX_VALUES)));
    }

    @Test
    void aBriefTextIsRedactedBeforeItIsCut() {
        redaction.remember("swordfish");
        var brief = redaction.brief("x".repeat(Redaction.MAX_TEXT - 5) + "swordfish" + "y".repeat(50));
        assertEquals(Redaction.MAX_TEXT, brief.length());
        assertFalse(brief.contains("sw"), brief);
        assertTrue(brief.endsWith("…"));
        assertEquals("", redaction.brief(null));
        assertEquals("z".repeat(Redaction.MAX_TEXT), redaction.brief("z".repeat(Redaction.MAX_TEXT)));
    }

    @Test
    void noCharacterIsCutInTwo() {
        var brief = redaction.brief("x".repeat(Redaction.MAX_TEXT - 2) + "😀😀");
        assertEquals("x".repeat(Redaction.MAX_TEXT - 2) + "…", brief);
    }
}
