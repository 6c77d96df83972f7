package dev.outboard.dispatcher.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.explore.Explorer.Found;
import dev.outboard.dispatcher.explore.Situation.Phase;
import dev.outboard.dispatcher.explore.Situation.Status;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplorerTest {
    /** What a dead worker's transaction takes to end by itself, at least. */
    private static final int TIME_OUT_SECONDS = 10;

    /** At least so many situations: an explorer that does not go everywhere finds nothing either. */
    @ParameterizedTest
    @CsvSource({"C, 1, 1, 0, 190000", "C, 1, 0, 1, 20000", "CD, 1, 1, 0, 2500000", "CD, 0, 1, 1, 1200000",
            "CCD, 0, 1, 0, 140000", "DC, 0, 1, 0, 8000"})
    void withAllRulesNothingIsWrong(String commands, int crashes, int expels, int losses, int floor) {
        var found = new Explorer(Bounds.of(commands, crashes, expels, losses)).explore();
        System.out.printf("explorer: commands %s, %d crashes, %d expels, %d losses: %d situations, %d ends%n", commands,
                crashes, expels, losses, found.situations(), found.ends());
        assertNull(found.wrong(), () -> found.wrong() + told(found));
        assertTrue(found.situations() >= floor, found.situations() + " situations, at least " + floor);
    }

    @ParameterizedTest
    @CsvSource({"R1_NO_TRANSACTION_ACROSS_POLL, C, 1, 1, 0", "R2_EVERY_TRANSACTION_CARRIES_POSITIONS, CD, 0, 1, 0",
            "R3_MEMBERS_OWN_METADATA, CD, 0, 1, 0", "R4_POSITION_THEN_END, CD, 0, 1, 0",
            "R5_READ_TO_HIGH_WATERMARK, CD, 1, 0, 0", "R7_SAME_KEY, C, 1, 0, 0", "R7_DRIVE_AGAIN, C, 1, 0, 0",
            "R7_DROP_WHAT_IS_LOST, CD, 0, 1, 0", "R8_OCCUPY_THE_KEY, CD, 1, 0, 0", "R9_CRASH_ON_DOUBT, CD, 0, 0, 1"})
    void eachRuleTakenAwayHasACounterexample(Rule rule, String commands, int crashes, int expels, int losses) {
        var bounds = Bounds.of(commands, crashes, expels, losses);
        var found = new Explorer(bounds.without(rule)).explore();
        System.out.printf("explorer: without %s, in %d steps of %d situations: %s%s%n", rule, found.trace().size(),
                found.situations(), found.wrong(), told(found));
        assertNotNull(found.wrong(), rule + " can be taken away, and nothing goes wrong");
        assertEquals(found.trace(), new Explorer(bounds.without(rule)).explore().trace(), "found again, step by step");
    }

    @Test
    void withoutTheFenceATakeoverIsRightButWaitsForTheTimeOut() {
        for (var bounds : List.of(Bounds.of("C", 1, 1, 0), Bounds.of("CD", 1, 0, 1), Bounds.of("CD", 0, 1, 0))) {
            assertNull(new Explorer(bounds.without(Rule.R6_FENCE_THE_DEAD)).explore().wrong(), "safe without it");
        }
        // a restore that had to wait for the record of a dead owner, whose commit was never asked for
        Predicate<Situation> takenOver = s -> s.crashes == 1 && !s.log.isEmpty()
                && s.log.get(0).status() == Status.ABORT
                && Arrays.stream(s.workers).anyMatch(w -> w.phase == Phase.RUNS && w.epoch > 1);
        var crash = Bounds.of("C", 1, 0, 0);
        var fenced = new Explorer(crash.withoutTimeOuts()).explore(takenOver);
        var waited = new Explorer(crash.without(Rule.R6_FENCE_THE_DEAD)).explore(takenOver);
        var never = new Explorer(crash.without(Rule.R6_FENCE_THE_DEAD).withoutTimeOuts()).explore(takenOver);
        System.out.printf("explorer: takeover with the fence, %d s of time-outs%s%n", seconds(fenced), told(fenced));
        System.out.printf("explorer: takeover without it, %d s of time-outs%s%n", seconds(waited), told(waited));
        assertEquals("found", fenced.wrong());
        assertEquals(0, seconds(fenced));
        assertEquals("found", waited.wrong());
        assertEquals(TIME_OUT_SECONDS, seconds(waited));
        assertTrue(never.wrong() != null && !never.wrong().equals("found"), "with neither the restore waits for ever");
    }

    private static long seconds(Found found) {
        return TIME_OUT_SECONDS * found.trace().stream().filter(step -> step.contains("times out")).count();
    }

    private static String told(Found found) {
        var text = new StringBuilder();
        List<String> trace = found.trace();
        for (int i = 0; i < trace.size(); i++) {
            text.append(String.format("%n  %2d. %s", i + 1, trace.get(i)));
        }
        return text.toString();
    }
}
