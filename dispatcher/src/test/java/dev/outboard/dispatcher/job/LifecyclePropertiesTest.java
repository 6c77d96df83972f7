package dev.outboard.dispatcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens in whatever order, some things hold. The seed is in the message. */
class LifecyclePropertiesTest {
    private static final int WALKS = 20_000;
    private static final Map<State, Set<State>> NEXT = Map.of(
            State.QUEUED, EnumSet.of(State.WAITING, State.SUBMITTING, State.FAILED, State.CANCELLED),
            State.WAITING, EnumSet.of(State.SUBMITTING, State.FAILED, State.CANCELLED),
            State.SUBMITTING, EnumSet.of(State.RUNNING, State.WAITING, State.CANCELLING, State.FAILED),
            State.RUNNING, EnumSet.of(State.WAITING, State.CANCELLING, State.SUCCEEDED, State.FAILED, State.CANCELLED),
            State.CANCELLING, EnumSet.of(State.SUCCEEDED, State.FAILED, State.CANCELLED));

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void everyWalkKeepsTheRules(Guarantee guarantee) {
        var seen = EnumSet.noneOf(State.class);
        int endedByTime = 0;
        for (long seed = 0; seed < WALKS; seed++) {
            endedByTime += walk(guarantee, seed, seen) ? 1 : 0;
        }
        assertEquals(EnumSet.allOf(State.class), seen, "a walk that misses states shows nothing");
        assertTrue(endedByTime > 10, endedByTime + " walks met a connector that always throws");
    }

    /** True if time alone ended it: nobody could be asked what exists. */
    private static boolean walk(Guarantee guarantee, long seed, Set<State> seen) {
        var random = new Random(seed);
        boolean throwing = seed % 8 == 0;
        boolean asked = false;
        var calledAt = Jobs.T0;
        var policy = Jobs.policy(guarantee);
        var lifecycle = new Lifecycle(policy);
        var demands = new Demands(policy);
        var now = Jobs.T0;
        var job = lifecycle
                .begin(Jobs.create(1 + random.nextInt(3), random.nextBoolean() ? Duration.ofSeconds(90) : null));
        boolean intended = false;
        var why = guarantee + " seed " + seed + ": ";
        for (int step = 0; step < 40; step++) {
            seen.add(job.state());
            now = now.plusMillis(random.nextInt(40_000));
            var input = input(job, random, throwing);
            var next = lifecycle.fold(job, input, now);
            if (input instanceof Input.Result(var incarnation, int attempt, _, Outcome.Unknown _)
                    && incarnation == job.incarnation() && attempt == job.attempt().number()) {
                calledAt = now;
            }
            if (next == job) {
                continue;
            }
            assertFalse(job.state().terminal(), why + "an ended job changed");
            assertEquals(job.rev() + 1, next.rev(), why + "rev");
            assertEquals(job.incarnation(), next.incarnation(), why + "incarnation");
            assertTrue(next.state() == job.state() || NEXT.get(job.state()).contains(next.state()),
                    why + job.state() + " to " + next.state() + " by " + input);
            if (next.attempt().number() != job.attempt().number()) {
                assertEquals(null, job.cancel(), why + "a new attempt while a cancel is owed");
                assertEquals(job.attempt().number() + 1, next.attempt().number(), why + "attempts are counted");
                intended = false;
            }
            intended |= next.state() == State.SUBMITTING;
            if (input instanceof Input.Resolved(_, _, _, var verdict, _)) {
                assertTrue(verdict.fits(job), why + "a person's word that does not fit");
                assertTrue(next.times().history().getLast().note() != null, why + "nobody is told who said so");
            } else if (job.state() == State.WAITING) {
                assertFalse(next.state() == State.FAILED, why + "no way to fail but a person's word");
            }
            if (next.state() == State.CANCELLED && input instanceof Input.CancelAsked) {
                assertFalse(intended, why + "cancelled without the platform's word after an intent");
            }
            boolean takesOver = input instanceof Input.CancelAsked && job.state() == State.CANCELLING;
            asked |= input instanceof Input.CancelAsked;
            if (takesOver) {
                assertTrue(job.cancel().forBug() && next.cancel().thenFail() == null,
                        why + "a caller's cancel replaced another");
                assertEquals(job.cancel().at(), next.cancel().at(), why + "since it became owed");
            } else if (next.cancel() != null && job.cancel() != null) {
                assertSame(job.cancel(), next.cancel(), why + "an owed cancel is never lost or replaced");
            }
            if (input instanceof Input.Tick && next.state().terminal()) {
                assertFalse(asked, why + "time ended what a caller was owed");
                assertEquals(JobError.CONNECTOR_BUG, next.error().code(), why + "time ended it");
                assertFalse(now.isBefore(calledAt.plus(policy.quarantine())), why + "its last call may still land");
                return true;
            }
            var owed = next.condition(Condition.Type.CANCEL_OWED);
            assertEquals(next.state() == State.CANCELLING, owed != null, why + "what is owed is told, and only that");
            if (owed != null) {
                assertEquals(next.cancel().at(), owed.since(), why + "since it became owed");
            }
            assertEquals(next.state() == State.FAILED, next.error() != null, why + "error and FAILED go together");
            assertEquals(next.state().terminal(), next.times().expiresAt() != null, why + "expiry and end go together");
            var demand = demands.after(job, next, input, now);
            assertFalse(demand.due().isBefore(now), why + "a demand in the past");
            assertEquals(wanted(next, guarantee).contains(demand.op()), true,
                    why + next.state() + " wants " + demand.op());
            job = next;
        }
        seen.add(job.state());
        return false;
    }

    private static Set<Op> wanted(Job job, Guarantee guarantee) {
        return switch (job.state()) {
            case QUEUED -> EnumSet.of(Op.CHECK, Op.SLOT);
            case WAITING -> EnumSet.of(Op.SLOT);
            case SUBMITTING -> guarantee == Guarantee.SEARCH ? EnumSet.of(Op.CREATE, Op.FIND) : EnumSet.of(Op.CREATE);
            case RUNNING -> EnumSet.of(Op.POLL);
            case CANCELLING -> job.attempt().handle() != null
                    ? EnumSet.of(Op.DELETE)
                    : EnumSet.of(guarantee == Guarantee.SEARCH ? Op.FIND : Op.OCCUPY);
            default -> EnumSet.of(Op.EXPIRE);
        };
    }

    /** @param throwing most calls end with the same exception */
    private static Input input(Job job, Random random, boolean throwing) {
        var ops = Op.values();
        return switch (random.nextInt(12)) {
            case 0 -> new Input.Admit();
            case 1 -> new Input.HoldBack("busy");
            case 2 -> new Input.Tick();
            case 3 -> switch (random.nextInt(8)) {
                case 0, 1 -> Jobs.cancel(job);
                case 2 -> Jobs.resolved(job, List.of(new Verdict.Created(Jobs.HANDLE), new Verdict.NeverCreated(),
                        new Verdict.Failed("gone")).get(random.nextInt(3)));
                default -> new Input.Restored();
            };
            default -> new Input.Result(job.incarnation() - (random.nextInt(20) == 0 ? 1 : 0),
                    job.attempt().number() - (random.nextInt(20) == 0 ? 1 : 0), ops[random.nextInt(ops.length)],
                    throwing && random.nextInt(20) > 0 ? new Outcome.Unknown("u", true) : outcome(random));
        };
    }

    private static Outcome outcome(Random random) {
        var error = new JobError(JobError.Kind.SYSTEM, "E", "e", random.nextBoolean(), null);
        return List.<Outcome>of(new Outcome.Checked(random.nextInt(9) == 0 ? error : null), Jobs.exists(),
                new Outcome.Absent(), new Outcome.Rejected(error), new Outcome.Unknown("u", random.nextBoolean()),
                new Outcome.Retry(Duration.ofSeconds(random.nextInt(9)), "busy"), new Outcome.Unreachable("x"),
                Jobs.running(random.nextDouble()), new Outcome.Succeeded(Bytes.of(new byte[1]), null),
                new Outcome.Failed(error), new Outcome.Cancelled(), new Outcome.Gone(), new Outcome.NotStarted())
                .get(random.nextInt(13));
    }
}
