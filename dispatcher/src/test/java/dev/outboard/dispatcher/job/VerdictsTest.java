package dev.outboard.dispatcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Verdict CREATED = new Verdict.Created(Jobs.HANDLE);
    private static final Verdict NEVER = new Verdict.NeverCreated();
    private static final Verdict FAILED = new Verdict.Failed("the account is deleted");

    private final Policy policy = Jobs.policy(Guarantee.SEARCH);
    private final Lifecycle lifecycle = new Lifecycle(policy);
    private Instant now = Jobs.T0.plusSeconds(5);
    private Job job;
    private Demand demand;

    @Test
    void whatWasCreatedIsLookedAfterFromNowOn() {
        submitting(1);
        resolve(CREATED);
        assertEquals(State.RUNNING, job.state());
        assertEquals(Jobs.HANDLE, job.attempt().handle());
        assertEquals("resolved by bob: created", job.message());
        assertEquals(List.of(), job.conditions(), "the doubt is over");
        assertEquals(new Demand(Op.POLL, now), demand);
        unchanged(Jobs.result(job, Op.CREATE, new Outcome.Rejected(JobError.user("Bad", "bad"))));
        unchanged(Jobs.result(job, Op.CREATE, new Outcome.Unknown("no answer", true)));
        unchanged(Jobs.result(job, Op.FIND, new Outcome.Absent()));
        fold(Jobs.result(job, Op.POLL, Jobs.running(0.5)));
        assertEquals(new Transition(State.RUNNING, 1, now, "resolved by bob: created"),
                job.times().history().getLast(), "who said so stays, whatever the platform says later");
    }

    @Test
    void aCancelThatIsOwedNowHasSomethingToStop() {
        submitting(1);
        fold(Jobs.cancel(job));
        resolve(CREATED);
        assertEquals(State.CANCELLING, job.state());
        assertEquals(new Demand(Op.DELETE, now), demand);
        assertEquals(List.of("null", "null", "null", "resolved by bob: created"), notes());
        unchanged(Jobs.result(job, Op.FIND, new Outcome.Absent()));
        fold(Jobs.result(job, Op.DELETE, new Outcome.Cancelled()));
        assertEquals(State.CANCELLED, job.state());
    }

    @Test
    void whatWasNeverCreatedGetsAnotherKeyAndLosesNoAttempt() {
        submitting(1);
        var old = job;
        resolve(NEVER);
        assertEquals(State.WAITING, job.state());
        assertEquals(2, job.attempt().number());
        assertNull(job.attempt().submittedAt());
        assertEquals(new Demand(Op.SLOT, now), demand);
        unchanged(Jobs.result(old, Op.CREATE, Jobs.exists()));
        fold(new Input.Admit());
        unchanged(Jobs.resolved(old, NEVER));
        fold(Jobs.result(job, Op.CREATE, new Outcome.Rejected(JobError.user("Bad", "bad"))));
        assertEquals(State.FAILED, job.state());
        submitting(2);
        resolve(NEVER);
        fold(new Input.Admit());
        fold(Jobs.result(job, Op.CREATE, Jobs.exists()));
        fold(Jobs.result(job, Op.POLL, new Outcome.Failed(new JobError(JobError.Kind.SYSTEM, "B", "b", true, null))));
        assertEquals(3, job.attempt().number(), "the job's own limit of 2 is not touched");
    }

    @Test
    void aCancelOfWhatWasNeverCreatedIsHonoured() {
        submitting(1);
        fold(Jobs.cancel(job));
        resolve(NEVER);
        assertEquals(State.CANCELLED, job.state());
        assertEquals("resolved by bob: never created", job.times().history().getLast().note());
        submitting(1);
        fold(Jobs.result(job, Op.CREATE, new Outcome.Rejected(JobError.user("Bad", "bad"))));
        assertEquals(State.CANCELLING, job.state(), "given up after a refusal in doubt");
        resolve(NEVER);
        assertEquals("Bad", job.error().code());
    }

    @Test
    void anyLiveJobCanBeGivenUp() {
        begin(3);
        resolve(FAILED);
        gaveUp();
        submitting(3);
        resolve(FAILED);
        gaveUp();
        submitting(3);
        fold(Jobs.cancel(job));
        resolve(FAILED);
        gaveUp();
        submitting(3);
        fold(Jobs.result(job, Op.CREATE, Jobs.exists()));
        resolve(FAILED);
        gaveUp();
    }

    private void gaveUp() {
        assertEquals(State.FAILED, job.state());
        assertEquals(JobError.system("Resolved", "the account is deleted (resolved by bob)"), job.error());
        assertEquals("resolved by bob: failed", job.times().history().getLast().note());
    }

    @Test
    void whatDoesNotFitIsDropped() {
        begin(1);
        unchanged(Jobs.resolved(job, CREATED));
        unchanged(Jobs.resolved(job, NEVER));
        submitting(1);
        unchanged(new Input.Resolved(job.id(), job.incarnation() - 1, 1, FAILED, "bob"));
        unchanged(new Input.Resolved(job.id(), job.incarnation(), 2, NEVER, "bob"));
        fold(Jobs.result(job, Op.CREATE, Jobs.exists()));
        unchanged(Jobs.resolved(job, CREATED));
        unchanged(Jobs.resolved(job, NEVER));
        fold(Jobs.cancel(job));
        unchanged(Jobs.resolved(job, CREATED));
        unchanged(Jobs.resolved(job, NEVER));
        fold(Jobs.result(job, Op.DELETE, new Outcome.Cancelled()));
        unchanged(Jobs.resolved(job, FAILED));
        assertFalse(FAILED.fits(job));
    }

    /** The first release's records have none. */
    @Test
    void aJobWithoutAHistoryCanBeResolved() {
        var bare = new Times(now, null, null, null, List.of());
        assertEquals(List.of(new Transition(State.CANCELLING, 1, now, "by ann")),
                bare.noted(State.CANCELLING, 1, "by ann").history());
    }

    private List<String> notes() {
        return job.times().history().stream().map(t -> String.valueOf(t.note())).toList();
    }

    private void begin(int maxAttempts) {
        job = lifecycle.begin(Jobs.create(maxAttempts, null));
    }

    /** And in doubt: the reply to its create was lost. */
    private void submitting(int maxAttempts) {
        begin(maxAttempts);
        fold(new Input.Admit());
        fold(Jobs.result(job, Op.CREATE, new Outcome.Unknown("no answer", false)));
    }

    private void resolve(Verdict verdict) {
        now = now.plusSeconds(1);
        fold(Jobs.resolved(job, verdict));
    }

    private void fold(Input input) {
        var was = job;
        job = lifecycle.fold(was, input, now);
        assertEquals(was.rev() + 1, job.rev());
        demand = new Demands(policy).after(was, job, input, now);
    }

    private void unchanged(Input input) {
        assertSame(job, lifecycle.fold(job, input, now));
    }
}
