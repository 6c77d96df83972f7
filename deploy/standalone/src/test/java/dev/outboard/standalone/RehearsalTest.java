package dev.outboard.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    /** A verb that fails in the rehearsal loads half of what it needs. */
    @Test
    void everyVerbComesToAGoodEnd() throws Exception {
        var exits = Rehearsal.run();
        assertFalse(exits.isEmpty());
        exits.forEach((verb, exit) -> assertEquals(0, exit, verb.toString()));
    }
}
