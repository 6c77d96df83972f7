package dev.outboard.dispatcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Condition.Type;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job whose connector threw five times in create: given up, and what exists is asked for. */
class OwedTest {
    private static final Outcome THROWS = new Outcome.Unknown("NullPointerException: x", true);
    private static final Duration QUARANTINE = Jobs.DEADLINE.plusSeconds(60);

    private Policy policy = Jobs.policy(Guarantee.ADOPT);
    private Instant now = Jobs.T0;
    private Job job;
    private Demand demand;

    @BeforeEach
    void givenUp() {
        job = new Lifecycle(policy).begin(Jobs.create(1, null));
        fold(new Input.Admit());
        answers(5, THROWS);
        assertEquals(State.CANCELLING, job.state());
        assertEquals("GivenUp", job.condition(Type.CANCEL_OWED).reason());
        assertEquals(0, job.attempt().bugs(), "those of create say nothing of occupy");
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void whereAskingThrowsTooTimeEndsIt(Guarantee guarantee) {
        policy = Jobs.policy(guarantee);
        now = Jobs.T0;
        givenUp();
        now = demand.due();
        answers(4, THROWS);
        now = now.plus(Duration.ofDays(1));
        unchanged(new Input.Tick());
        answers(1, THROWS);
        assertEquals(State.CANCELLING, job.state(), "what the last call asked for may land");
        var end = now.plus(QUARANTINE);
        assertEquals(end, demand.due(), "and nobody asks again before that");
        unchanged(new Input.Restored());
        assertEquals(end, demand.due(), "nor does a successor");
        now = end.minusMillis(1);
        unchanged(new Input.Tick());
        now = end;
        unchanged(new Input.Restored());
        assertTrue(demand.due().isAfter(now), "the tick comes before the call");
        fold(new Input.Tick());
        assertEquals(State.FAILED, job.state());
        assertEquals(JobError.Kind.SYSTEM, job.error().kind());
        assertEquals("ConnectorBug", job.error().code());
        assertEquals("the connector threw 5 times in create: NullPointerException: x; it also threw 5 times when the "
                + "platform was to be asked what exists under the key of attempt 1, so that is not known: ./outboard "
                + "reconcile finds it if there is anything", job.error().message());
    }

    @Test
    void onlyEqualThrowsInARowCount() {
        answers(4, THROWS);
        answers(1, new Outcome.Retry(Duration.ofSeconds(1), "429"));
        answers(4, THROWS);
        answers(1, new Outcome.Unknown("no answer", false));
        answers(4, THROWS);
        answers(1, new Outcome.NotStarted());
        assertEquals(4, job.attempt().bugs(), "a call that was not made is no answer");
        answers(1, new Outcome.Unknown("IllegalStateException", true));
        assertEquals(1, job.attempt().bugs());
        now = now.plus(Duration.ofDays(1));
        unchanged(new Input.Tick());
        answers(1, Jobs.exists());
        answers(1, new Outcome.Cancelled());
        assertEquals(State.FAILED, job.state());
        assertEquals("the connector threw 5 times in create: NullPointerException: x", job.error().message());
    }

    @Test
    void aCallersCancelIsOwedAllTheSame() {
        answers(5, THROWS);
        var givenUp = job.cancel();
        fold(Jobs.cancel(job));
        assertEquals(new Cancel("ann", givenUp.at(), "enough", null), job.cancel());
        assertEquals("CancelAsked", job.condition(Type.CANCEL_OWED).reason());
        assertEquals(new Demand(Op.OCCUPY, now), demand, "it is asked again");
        unchanged(Jobs.cancel(job));
        answers(9, THROWS);
        now = now.plus(Duration.ofDays(1));
        unchanged(new Input.Tick());
        assertEquals(State.CANCELLING, job.state(), "no time-out ends it");
        assertNotNull(job.condition(Type.OUTCOME_UNKNOWN));
        answers(1, Jobs.exists());
        answers(1, new Outcome.Cancelled());
        assertEquals(State.CANCELLED, job.state());
        assertNull(job.error());
    }

    private void answers(int times, Outcome outcome) {
        for (int i = 0; i < times; i++) {
            fold(Jobs.result(job, Op.OCCUPY, outcome));
        }
    }

    private void fold(Input input) {
        var was = job;
        job = new Lifecycle(policy).fold(job, input, now);
        assertEquals(job == was ? was.rev() : was.rev() + 1, job.rev(), "rev counts transitions");
        demand = new Demands(policy).after(was, job, input, now);
    }

    private void unchanged(Input input) {
        var was = job;
        fold(input);
        assertSame(was, job);
    }
}
