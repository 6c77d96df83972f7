package dev.outboard.crash.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A search gone wrong takes for ever: hence the limit, far above the few seconds that it takes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class LinearizabilityPropertyTest {
    /** Also the floor of what a crash test brings: it must not take longer than the callers did. */
    @Test
    void whatOneJobToldIsAccepted() {
        var random = new Random(1);
        var script = new Script();
        for (int job = 0; job < 2_500; job++) {
            int clients = 1 + random.nextInt(16);
            new OneJob(random, "j" + job).tell(script, clients, 1 + 160 / clients);
        }
        var history = script.play();
        int told = history.operations().size();
        assertTrue(told > 200_000, told + " operations");
        assertEquals("", Linearizability.report(history, Linearizability.check(history))
                .replaceAll("^[0-9,]+ operations on [0-9,]+ jobs \\([0-9,]+ of unknown outcome\\): linearizable$", ""));
    }

    @Test
    void aSmallHistoryIsAcceptedIfAndOnlyIfSomePermutationIs() {
        int accepted = 0;
        int rejected = 0;
        for (int seed = 0; seed < 30_000; seed++) {
            var history = anything(new Random(seed)).play();
            boolean expected = new BruteForce(history.operations()).explained();
            var violations = Linearizability.check(history);
            assertEquals(expected, violations.isEmpty(), () -> "" + history.operations());
            for (var violation : violations) {
                evidence(violation);
            }
            if (expected) {
                accepted++;
            } else {
                rejected++;
            }
        }
        assertTrue(accepted > 5_000 && rejected > 5_000, accepted + " accepted, " + rejected + " rejected");
    }

    /** It convinces by itself, and none of those who observed could be missed. */
    private static void evidence(Violation violation) {
        var operations = violation.operations();
        assertFalse(new BruteForce(operations).explained(), violation::toString);
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).kind() == Kind.GET) {
                var fewer = new ArrayList<>(operations);
                fewer.remove(i);
                assertTrue(new BruteForce(fewer).explained(), violation::toString);
            }
        }
    }

    private static Script anything(Random random) {
        var script = new Script();
        int count = 1 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            long start = random.nextInt(20);
            long end = random.nextInt(15) == 0 ? Operation.OPEN : start + random.nextInt(10);
            boolean creates = random.nextInt(3) == 0;
            int answer = random.nextInt(8);
            long rev = random.nextInt(3);
            script.call(i, creates ? Kind.CREATE : Kind.GET, "j", start, end, call -> {
                if (answer == 0) {
                    call.unknown();
                } else if (creates) {
                    call.created(answer > 3);
                } else if (answer == 1 || answer == 2) {
                    call.notFound();
                } else {
                    call.saw(answer == 3 ? 8 : 7, rev);
                }
            });
        }
        return script;
    }

    /** All orders, one after the other, with a job of its own. */
    private record BruteForce(List<Operation> operations) {
        boolean explained() {
            return explained(operations, false, -1);
        }

        private static boolean explained(List<Operation> left, boolean created, long seen) {
            if (left.stream().allMatch(operation -> operation.result() instanceof Result.Unknown)) {
                return true;
            }
            for (var next : left) {
                if (left.stream().anyMatch(other -> ended(other) && other.end() < next.start())) {
                    continue;
                }
                var rest = left.stream().filter(other -> other != next).toList();
                boolean legal = switch (next.result()) {
                    case Result.Created(var replayed) -> replayed == created && explained(rest, true, seen);
                    case Result.NotFound() -> !created && explained(rest, false, seen);
                    case Result.Saw(var i, var rev) -> created && 10 * i + rev >= seen
                            && explained(rest, true, 10 * i + rev);
                    case Result.Unknown() -> explained(rest, created || next.kind() == Kind.CREATE, seen);
                };
                if (legal) {
                    return true;
                }
            }
            return false;
        }

        private static boolean ended(Operation operation) {
            return !(operation.result() instanceof Result.Unknown);
        }
    }
}
