package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.Guarantee;
import dev.outboard.testkit.example.JobServiceSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A suite that catches nothing proves nothing: each case fails a connector that does that one thing wrong. */
class SabotageTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final String GUARANTEE = "the guarantee that is declared";

    private static List<Sabotage> all() {
        return Stream.of(WireSabotages.all(), EndSabotages.all(), ListSabotages.all()).flatMap(List::stream).toList();
    }

    private static boolean means(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return all().stream().map(each -> DynamicTest.dynamicTest(each.what(), () -> {
            for (var pattern : each.caught()) {
                caught(each, pattern);
            }
        }));
    }

    private static void caught(Sabotage sabotage, String pattern) throws Exception {
        var suite = Suite.of(() -> new JobServiceSubject(sabotage.connector()), PATIENCE);
        var passed = new ArrayList<String>();
        int played = 0;
        for (var each : suite.cases()) {
            if (means(pattern, each.name())) {
                played++;
                try {
                    suite.play(each);
                    passed.add(each.name());
                } catch (Exception | AssertionError e) {
                    // as it must be
                }
            }
        }
        if (pattern.equals(GUARANTEE)) {
            played++;
            assertThrows(AssertionError.class, suite::guarantee);
        }
        assertNotEquals(0, played, "no case is named " + pattern);
        assertEquals(List.of(), passed, "passed by a connector that " + sabotage.what());
    }

    @Test
    void everyCaseHasItsSabotage() throws Exception {
        var names = new TreeSet<String>();
        for (var guarantee : Guarantee.values()) {
            Suite.of(() -> new JobServiceSubject(() -> new ServiceConnector(guarantee)))
                    .cases()
                    .forEach(each -> names.add(each.name()));
        }
        assertTrue(names.size() > 50, names.toString());
        for (var sabotage : all()) {
            sabotage.caught().forEach(pattern -> names.removeIf(name -> means(pattern, name)));
        }
        assertEquals(new TreeSet<>(), names, "cases that no sabotage shows to catch anything");
    }

    @Test
    void declaringMoreThanIsShownFails() throws Exception {
        for (var each : List.of(Guarantee.SEARCH, Guarantee.TOKEN, Guarantee.ADOPT)) {
            var suite = Suite.of(() -> new JobServiceSubject(() -> new ServiceConnector(Guarantee.NONE) {
                @Override
                public ConnectorInfo info() {
                    return new ServiceConnector(each).info();
                }
            }));
            assertTrue(assertThrows(AssertionError.class, suite::guarantee)
                    .getMessage()
                    .contains("declares " + each + " and shows NONE"));
            assertFalse(Shown.covers(Guarantee.NONE, each));
        }
    }
}
