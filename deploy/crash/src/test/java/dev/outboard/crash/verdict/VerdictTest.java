package dev.outboard.crash.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.crash.drive.Final;
import dev.outboard.crash.drive.Note;
import dev.outboard.crash.drive.Place;
import dev.outboard.crash.history.Violation;
import dev.outboard.crash.platform.External;
import dev.outboard.crash.platform.External.State;
import dev.outboard.crash.platform.Ledger;
import dev.outboard.crash.platform.Script;
import dev.outboard.crash.platform.Script.Cancel;
import dev.outboard.crash.platform.Script.End;
import dev.outboard.crash.platform.Trouble;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Books made by hand: each number counts what it should, and nothing else does. */
class VerdictTest {
    private static final long NOW = 100_000;

    private final List<External> externals = new ArrayList<>();
    private final List<Note.Seen> seen = new ArrayList<>();
    private final List<Final> finals = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Guarantee guarantee = Guarantee.ADOPT;

    private static Script script(Cancel cancel) {
        return new Script(1, 1, 1000, End.SUCCEED, cancel, false, Trouble.NONE);
    }

    private void seen(@Nullable String id, boolean cancelled) {
        seen.add(new Note.Seen(script(cancelled ? Cancel.WHILE_RUNNING : Cancel.NOT), id, cancelled, true, List.of(),
                List.of(), List.of()));
    }

    private void external(String job, int attempt, long from, long to, State end) {
        var id = "x" + externals.size();
        boolean cancelled = end == State.CANCELLED;
        externals.add(new External(id, job + "-" + attempt, job, attempt, 1, from, cancelled ? External.NEVER : to, end,
                cancelled ? to : External.NEVER));
    }

    private void ended(String id, @Nullable String state, int attempt, long at) {
        for (int replica = 0; replica < 2; replica++) {
            finals.add(new Final(id, replica, state, new Place(5, 4), attempt, at, ""));
        }
    }

    /** All is well with this one. */
    private void good(String id) {
        seen(id, false);
        external(id, 1, 1000, 2000, State.SUCCEEDED);
        ended(id, "SUCCEEDED", 1, 2500);
    }

    /** The numbers that are not 0. */
    private Map<String, Integer> found() {
        var verdict = Verdict.of(new Evidence(guarantee, new Ledger(NOW, 0, externals, refused, 0, Map.of()), seen,
                finals, violations));
        assertEquals(verdict.findings().stream().noneMatch(f -> f.promised() && f.count() > 0), verdict.holds());
        return verdict.findings()
                .stream()
                .filter(finding -> finding.count() > 0)
                .collect(Collectors.toMap(Finding::name, Finding::count));
    }

    @Test
    void whatIsWellCountsNowhere() {
        good("a");
        seen("cancelled", true);
        external("cancelled", 1, 1000, 2000, State.CANCELLED);
        ended("cancelled", "CANCELLED", 1, 2500);
        seen("never created", true);
        ended("never created", "CANCELLED", 1, 900);
        seen("ended first", true);
        external("ended first", 1, 1000, 2000, State.SUCCEEDED);
        ended("ended first", "SUCCEEDED", 1, 2500);
        seen("twice", false);
        external("twice", 1, 1000, 2000, State.FAILED_ONCE);
        external("twice", 2, 7000, 8000, State.SUCCEEDED);
        ended("twice", "SUCCEEDED", 2, 9000);
        seen("between", true);
        external("between", 1, 1000, 2000, State.FAILED_ONCE);
        ended("between", "CANCELLED", 2, 3000);
        seen("refused", false);
        refused.add("refused");
        ended("refused", "FAILED", 1, 1000);
        assertEquals(Map.of(), found());
    }

    @Test
    void aSecondCreateOfAnAttemptIsADuplicate() {
        good("a");
        external("a", 1, 2100, 2200, State.SUCCEEDED);
        assertEquals(Map.of("duplicates", 1), found());
    }

    @Test
    void whatRunsAfterItsJobEndedIsAnOrphan() {
        good("a");
        seen("b", false);
        external("b", 1, 1000, External.NEVER, State.SUCCEEDED);
        external("b", 2, 9000, 9100, State.SUCCEEDED);
        ended("b", "SUCCEEDED", 2, 9200);
        assertEquals(Map.of("orphans", 2), found(), "it runs on, and its second attempt ran beside it");
    }

    @Test
    void whatNobodyWasToldOfIsAnOrphan() {
        good("a");
        external("stranger", 1, 1000, 2000, State.SUCCEEDED);
        assertEquals(Map.of("orphans", 1), found());
    }

    @Test
    void twoAttemptsAtATimeAreAnOrphan() {
        seen("a", false);
        external("a", 1, 1000, 5000, State.FAILED_ONCE);
        external("a", 2, 4999, 6000, State.SUCCEEDED);
        ended("a", "SUCCEEDED", 2, 7000);
        assertEquals(Map.of("orphans", 1), found());
    }

    @Test
    void jobsAreLostInFiveWays() {
        seen(null, false);
        seen("unknown", false);
        ended("unknown", null, 0, 0);
        seen("running", false);
        external("running", 1, 1000, 2000, State.SUCCEEDED);
        ended("running", "RUNNING", 1, 0);
        seen("wrong", false);
        external("wrong", 1, 1000, 2000, State.FAILED);
        ended("wrong", "SUCCEEDED", 1, 2500);
        seen("unfailed", false);
        external("unfailed", 1, 1000, 2000, State.SUCCEEDED);
        ended("unfailed", "FAILED", 1, 2500);
        assertEquals(Map.of("lost", 5), found());
    }

    @Test
    void aCancelThatNobodyAskedForIsALoss() {
        seen("a", false);
        external("a", 1, 1000, 2000, State.CANCELLED);
        ended("a", "CANCELLED", 1, 2500);
        assertEquals(Map.of("lost", 1), found());
    }

    @Test
    void aCancelledJobThatThePlatformFinishedWasNotCancelled() {
        seen("a", true);
        external("a", 1, 1000, 9000, State.SUCCEEDED);
        ended("a", "CANCELLED", 1, 2500);
        assertEquals(Map.of("cancels not honoured", 1), found());
    }

    @Test
    void aCancelledJobThatThePlatformStillRunsWasNotCancelled() {
        seen("a", true);
        external("a", 1, 1000, External.NEVER, State.SUCCEEDED);
        ended("a", "CANCELLED", 1, 2500);
        assertEquals(Map.of("cancels not honoured", 1, "orphans", 1), found());
    }

    @Test
    void whatClientsNotedCounts() {
        good("a");
        seen.set(0, new Note.Seen(script(Cancel.NOT), "a", false, true, List.of("b1", "b2"), List.of("m"),
                List.of("o1", "o2", "o3")));
        assertEquals(Map.of("reads that went backwards", 2, "reads that missed an acknowledged create", 1,
                "answers that nothing promises", 3), found());
    }

    @Test
    void replicasMustAgreeAtTheEnd() {
        good("a");
        finals.set(1, new Final("a", 1, "SUCCEEDED", new Place(5, 5), 1, 2500, ""));
        assertEquals(Map.of("replicas that disagree at the end", 1), found());
    }

    @Test
    void whatNoOrderExplainsCounts() {
        good("a");
        violations.add(new Violation("a", "it went back", List.of()));
        assertEquals(Map.of("linearizability violations", 1), found());
    }

    @Test
    void withoutAGuaranteeOneEffectIsNotPromisedButNothingMayBeLost() {
        guarantee = Guarantee.NONE;
        good("a");
        external("a", 1, 2100, 2200, State.SUCCEEDED);
        seen("dead", false);
        finals.add(new Final("dead", 0, "FAILED", new Place(1, 1), 4, 9000, "WorkerLost"));
        var evidence = new Evidence(guarantee, new Ledger(NOW, 0, externals, refused, 0, Map.of()), seen, finals,
                List.of());
        assertTrue(Verdict.of(evidence).holds());
        assertEquals(Map.of("duplicates", 1), found());
        seen(null, false);
        assertEquals(Map.of("duplicates", 1, "lost", 1), found());
        assertFalse(Verdict.of(new Evidence(guarantee, new Ledger(NOW, 0, externals, refused, 0, Map.of()), seen,
                finals, List.of())).holds());
    }
}
