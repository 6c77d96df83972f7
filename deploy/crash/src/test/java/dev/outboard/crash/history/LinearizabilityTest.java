package dev.outboard.crash.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    private static final Consumer<Invocation> FIRST = call -> call.created(false);
    private static final Consumer<Invocation> AGAIN = call -> call.created(true);
    private static final Consumer<Invocation> LOST = Invocation::unknown;
    private static final Consumer<Invocation> ABSENT = Invocation::notFound;

    @Test
    void aJobSeenByItsCreatorAndOthersIsLegal() {
        legal(new Script().get(0, 1, ABSENT)
                .create(2, 3, FIRST)
                .create(4, 5, AGAIN)
                .get(6, 7, saw(7, 1))
                .get(8, 9, saw(7, 1))
                .get(10, 11, saw(7, 4)));
    }

    @Test
    void notFoundAfterAnAcknowledgedCreateIsNot() {
        illegal(new Script().create(0, 1, FIRST).get(2, 3, ABSENT), 2,
                "it was not found after somebody was told of it");
        illegal(new Script().create(0, 9, FIRST).get(1, 2, saw(7, 1)).get(3, 4, ABSENT), 3,
                "it was not found after somebody was told of it");
        illegal(new Script().create(0, 9, LOST).create(1, 2, AGAIN).get(3, 4, ABSENT), 3,
                "it was not found after somebody was told of it");
    }

    @Test
    void aVersionThatGoesBackIsNot() {
        illegal(new Script().create(0, 1, FIRST)
                .get(2, 3, saw(7, 1))
                .get(4, 5, saw(7, 5))
                .get(4, 9, saw(7, 5))
                .get(6, 7, saw(7, 3))
                .get(8, 9, saw(7, 6)), 3, "it went back from 7.5 to 7.3");
        illegal(new Script().create(0, 1, FIRST).get(2, 3, saw(8, 1)).get(4, 5, saw(7, 9)), 3,
                "it went back from 8.1 to 7.9");
    }

    @Test
    void aLaterIncarnationBeginsItsVersionsAnew() {
        legal(new Script().create(0, 1, FIRST).get(2, 3, saw(7, 9)).get(4, 5, saw(8, 1)));
    }

    @Test
    void whatOverlapsMayStandInEitherOrder() {
        legal(new Script().create(0, 1, FIRST).get(2, 6, saw(7, 5)).get(3, 7, saw(7, 3)));
        legal(new Script().create(0, 1, FIRST).get(2, 6, saw(7, 3)).get(3, 7, saw(7, 5)));
        legal(new Script().create(0, 4, FIRST).get(1, 2, ABSENT).get(3, 5, saw(7, 1)));
        legal(new Script().create(0, 4, FIRST).get(3, 5, ABSENT).get(1, 2, ABSENT));
        legal(new Script().create(0, 5, AGAIN).create(4, 6, FIRST));
        legal(new Script().create(0, 1, FIRST).get(1, 2, ABSENT));
    }

    /** The long one may stand before or after the short one, but not both of them before it. */
    @Test
    void anOverlapDoesNotCarryOver() {
        illegal(new Script().create(0, 1, FIRST)
                .get(2, 9, saw(7, 4))
                .get(3, 4, saw(7, 5))
                .get(5, 6, saw(7, 3)), 3, "it went back from 7.5 to 7.3");
    }

    @Test
    void aCreateOfUnknownOutcomeMayTakeEffectAtAnyTimeAfterItsStartOrNever() {
        legal(new Script().create(0, 1, LOST).get(2, 3, ABSENT));
        legal(new Script().create(0, 1, LOST).get(2, 3, ABSENT).get(4, 5, saw(7, 1)));
        legal(new Script().create(0, 1, LOST).get(2, 3, ABSENT).create(4, 5, FIRST));
        legal(new Script().create(0, 1, LOST).get(2, 3, ABSENT).create(4, 5, AGAIN));
        legal(new Script().create(0, Operation.OPEN, LOST).get(2, 3, saw(7, 1)));
        legal(new Script().create(0, 1, LOST).create(0, 1, LOST).get(2, 3, saw(7, 1)));
    }

    @Test
    void butNotBefore() {
        illegal(new Script().get(0, 1, saw(7, 1)).create(2, 3, LOST), 2,
                "somebody was told of it before it was created");
        illegal(new Script().get(0, 1, saw(7, 1)), 1, "somebody was told of it before it was created");
        illegal(new Script().create(0, 1, AGAIN), 1, "somebody was told of it before it was created");
    }

    @Test
    void onlyOneCreateIsTheFirst() {
        illegal(new Script().create(0, 3, FIRST).create(1, 2, FIRST).get(4, 5, saw(7, 1)), 2,
                "it was created more than once");
    }

    @Test
    void anAnswerThatPromisesNothingIsIgnored() {
        legal(new Script().get(0, 1, LOST).create(2, 3, FIRST).get(4, Operation.OPEN, LOST).get(5, 6, LOST));
    }

    @Test
    void jobsAreCheckedEachByItself() {
        var history = new Script().call(1, Kind.CREATE, "a", 0, 1, FIRST)
                .call(1, Kind.GET, "b", 2, 3, ABSENT)
                .call(1, Kind.GET, "a", 4, 5, saw(7, 1))
                .call(1, Kind.CREATE, "b", 6, 7, FIRST)
                .call(1, Kind.GET, "b", 8, 9, ABSENT)
                .play();
        assertEquals(List.of("b"), Linearizability.check(history).stream().map(Violation::job).toList());
    }

    @Test
    void aReportTellsWhatWasCheckedAndShowsTheEvidence() {
        var history = new Script().create(0, 4_000_000, FIRST)
                .get(5_000_000, 6_000_000, saw(7, 5))
                .get(7_000_000, Operation.OPEN, LOST)
                .get(8_000_000, 9_000_000, saw(7, 3))
                .play();
        assertEquals("""
                4 operations on 1 jobs (1 of unknown outcome): 1 not linearizable
                job j: it went back from 7.5 to 7.3
                      0.000000 ..   0.004000 s  client 1   api-1      CREATE  created
                      0.005000 ..   0.006000 s  client 2   api-0      GET     saw 7.5
                      0.008000 ..   0.009000 s  client 2   api-0      GET     saw 7.3""",
                Linearizability.report(history, Linearizability.check(history)));
        var legal = new Script().create(0, 1, FIRST).play();
        assertEquals("1 operations on 1 jobs (0 of unknown outcome): linearizable",
                Linearizability.report(legal, Linearizability.check(legal)));
    }

    private static Consumer<Invocation> saw(long incarnation, long rev) {
        return call -> call.saw(incarnation, rev);
    }

    private static void legal(Script script) {
        assertEquals(List.of(), Linearizability.check(script.play()));
    }

    private static void illegal(Script script, int evidence, String why) {
        var violations = Linearizability.check(script.play());
        assertEquals(List.of(why), violations.stream().map(Violation::why).toList());
        assertEquals(evidence, violations.getFirst().operations().size(), violations::toString);
        assertTrue(violations.getFirst().toString().startsWith("job j: " + why), violations::toString);
    }
}
