package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.outboard.spi.Connector;
import dev.outboard.testkit.example.JobServiceSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The suite, run by JUnit itself on a connector that works as long as everything else does. */
class NaiveTest {
    /** As a connector author writes it; static, so that JUnit does not run it with this class. */
    static class Naive extends ConnectorConformance {
        /** Or a collected client's thread would end by itself. */
        private static final List<Connector> KEPT = new ArrayList<>();

        @Override
        protected Subject subject() {
            return new JobServiceSubject(() -> {
                KEPT.add(new NaiveConnector());
                return KEPT.getLast();
            });
        }
    }

    /** All that it gets right, and that its JSON library gets right for it. */
    private static final Set<String> PASSES = Set.of("poll after finish",
            "delete while creating: the create had not landed", "poll and delete hang past the deadline",
            "poll answered with half a body", "poll answered with an HTML page, 200",
            "poll answered with an HTML page, 502", "list tells what is ours, and nothing else",
            "list answered 503 is not an empty list");

    @Test
    void failsTheSuite() throws Exception {
        var run = SuiteRun.of(Naive.class);
        assertEquals(new TreeSet<>(PASSES), run.passed());
        var fails = new TreeSet<>(
                Set.of("no thread is left behind", "no secret is told", "the guarantee that is declared"));
        Suite.of(() -> new JobServiceSubject(NaiveConnector::new)).cases().forEach(each -> fails.add(each.name()));
        fails.removeAll(PASSES);
        assertEquals(fails, run.failed());
    }
}
