package dev.outboard.dispatcher.job;

import static dev.outboard.dispatcher.job.Jobs.T0;
import static dev.outboard.dispatcher.job.Jobs.WINDOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.outboard.dispatcher.job.Condition.Type;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private Policy policy = Jobs.policy(Guarantee.ADOPT);
    private Instant now = T0;
    private Job job;
    private Demand demand;

    @Test
    void aJobRunsThroughItsStates() {
        begin(1, null);
        assertEquals(State.QUEUED, job.state());
        assertEquals(40, job.incarnation());
        assertEquals(1, job.rev());
        does(Op.CHECK, new Outcome.Checked(null));
        assertEquals(Op.SLOT, demand.op());
        fold(new Input.Admit());
        assertEquals(State.SUBMITTING, job.state());
        assertEquals(new Demand(Op.CREATE, now), demand, "the call follows its committed intent at once");
        does(Op.CREATE, Jobs.exists());
        assertEquals(State.RUNNING, job.state());
        assertEquals(now, job.times().startedAt());
        assertEquals(Op.POLL, demand.op());
        now = now.plusSeconds(9);
        does(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[]{7}), null));
        assertEquals(State.SUCCEEDED, job.state());
        assertEquals(now.plus(WINDOW), job.times().expiresAt());
        assertEquals(new Demand(Op.EXPIRE, now.plus(WINDOW)), demand);
        assertEquals(new Outputs.Inline(Bytes.of(new byte[]{7})), job.outputs());
        assertEquals(4, job.rev());
        assertEquals(List.of(new Transition(State.QUEUED, 1, T0), new Transition(State.SUBMITTING, 1, T0),
                new Transition(State.RUNNING, 1, T0), new Transition(State.SUCCEEDED, 1, now)), job.times().history());
    }

    @Test
    void theHistoryKeepsTheFirstStateAndTheLatest() {
        var times = Times.accepted(T0);
        for (int i = 1; i <= 40; i++) {
            times = times.into(State.WAITING, i, T0.plusSeconds(i));
        }
        assertEquals(16, times.history().size());
        assertEquals(new Transition(State.QUEUED, 1, T0), times.history().getFirst());
        assertEquals(new Transition(State.WAITING, 26, T0.plusSeconds(26)), times.history().get(1));
        assertEquals(new Transition(State.WAITING, 40, T0.plusSeconds(40)), times.history().getLast());
    }

    @Test
    void whatTheCheckRefusesNeverReachesThePlatform() {
        begin(3, null);
        var error = new JobError(JobError.Kind.USER, "Missing", "no statement", true, "/template/sql/statement");
        does(Op.CHECK, new Outcome.Checked(error));
        assertEquals(State.FAILED, job.state());
        assertEquals(error, job.error());
        assertNull(job.attempt().submittedAt());
    }

    @Test
    void aRefusedCreateIsFailedFromTheStart() {
        var bad = new Input.Create(new JobId(1, 2), Jobs.create(1, null).accepted(), 7, JobError.user("Bad", "bad"));
        job = new Lifecycle(policy).begin(bad);
        assertEquals(State.FAILED, job.state());
        assertEquals("Bad", job.error().code());
    }

    @Test
    void aCheckThatWasNotStartedIsAskedAgainAfterAPause() {
        begin(1, null);
        unchanged(Jobs.result(job, Op.CHECK, new Outcome.NotStarted()));
        assertEquals(new Demand(Op.CHECK, now.plusSeconds(1)), demand);
    }

    @Test
    void aBusyWorkerHoldsBackAndSaysSo() {
        begin(1, null);
        does(Op.CHECK, new Outcome.Checked(null));
        fold(new Input.HoldBack("2 of 2"));
        assertEquals(State.WAITING, job.state());
        assertEquals("2 of 2", job.message());
        assertNotNull(job.condition(Type.QUOTA_EXCEEDED));
        assertEquals(Op.SLOT, demand.op());
        unchanged(new Input.HoldBack("still 2 of 2"));
        fold(new Input.Admit());
        assertEquals(State.SUBMITTING, job.state());
        assertNull(job.condition(Type.QUOTA_EXCEEDED));
    }

    @Test
    void aCancelBeforeTheIntentNeedsNoPlatform() {
        begin(1, null);
        fold(Jobs.cancel(job));
        assertEquals(State.CANCELLED, job.state());
        assertEquals("ann", job.cancel().by());
        begin(1, null);
        does(Op.CHECK, new Outcome.Checked(null));
        fold(new Input.HoldBack("busy"));
        fold(Jobs.cancel(job));
        assertEquals(State.CANCELLED, job.state());
    }

    @Test
    void aCancelOfARunningJobIsOwedUntilThePlatformConfirms() {
        running();
        fold(Jobs.cancel(job));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(new Demand(Op.DELETE, now), demand);
        var owed = new Condition(Type.CANCEL_OWED, "CancelAsked", "ann asked to stop it (enough); the platform has not "
                + "confirmed yet that it has stopped", now);
        assertEquals(List.of(owed), job.conditions());
        now = now.plusSeconds(3);
        does(Op.DELETE, new Outcome.Unreachable("connect refused"));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(owed, job.condition(Type.CANCEL_OWED), "beside what is in its way");
        assertNotNull(job.condition(Type.PLATFORM_UNREACHABLE));
        does(Op.DELETE, Jobs.running(null));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(List.of(owed), job.conditions());
        assertEquals(Op.DELETE, demand.op());
        unchanged(Jobs.result(job, Op.DELETE, Jobs.running(null)));
        does(Op.DELETE, new Outcome.Cancelled());
        assertEquals(State.CANCELLED, job.state());
        assertEquals(List.of(), job.conditions());
    }

    @Test
    void aCancelThatMetAPollIsDeletedAtOnce() {
        running();
        fold(Jobs.cancel(job));
        does(Op.POLL, Jobs.running(null));
        assertEquals(new Demand(Op.DELETE, now), demand);
    }

    @Test
    void thePlatformsEndWinsOverAPendingCancel() {
        running();
        fold(Jobs.cancel(job));
        does(Op.DELETE, new Outcome.Succeeded(Bytes.of(new byte[0]), null));
        assertEquals(State.SUCCEEDED, job.state());
    }

    @Test
    void noNewAttemptWhileACancelIsOwed() {
        policy = Jobs.policy(Guarantee.NONE);
        running(3);
        fold(Jobs.cancel(job));
        does(Op.DELETE, new Outcome.Failed(new JobError(JobError.Kind.SYSTEM, "Busy", "busy", true, null)));
        assertEquals(State.FAILED, job.state());
        running(3);
        fold(Jobs.cancel(job));
        does(Op.DELETE, new Outcome.Gone());
        assertEquals(State.CANCELLED, job.state());
        assertEquals(1, job.attempt().number());
    }

    @Test
    void aCancelWhileSubmittingNeverConcludesFromNotFound() {
        submitting(Guarantee.ADOPT);
        fold(Jobs.cancel(job));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(new Demand(Op.OCCUPY, now), demand);
        does(Op.OCCUPY, new Outcome.Unknown("time-out", false));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(Op.OCCUPY, demand.op());
        assertNotNull(job.condition(Type.OUTCOME_UNKNOWN));
        does(Op.OCCUPY, Jobs.exists());
        assertEquals(List.of(Type.CANCEL_OWED), job.conditions().stream().map(Condition::type).toList());
        assertEquals(new Demand(Op.DELETE, now), demand);
        does(Op.DELETE, new Outcome.Gone());
        assertEquals(State.CANCELLED, job.state());
    }

    @Test
    void aPlatformThatForgetsKeysIsQuarantinedBeforeTheCancel() {
        submitting(Guarantee.TOKEN);
        now = now.plusSeconds(5);
        fold(Jobs.cancel(job));
        assertEquals(new Demand(Op.OCCUPY, now.plus(Jobs.DEADLINE).plusSeconds(60)), demand);
        submitting(Guarantee.SEARCH);
        fold(Jobs.cancel(job));
        var end = now.plus(Jobs.DEADLINE).plusSeconds(60);
        assertEquals(new Demand(Op.FIND, end), demand);
        does(Op.FIND, new Outcome.Absent());
        assertEquals(State.CANCELLING, job.state(), "a create may still land");
        now = end;
        does(Op.FIND, new Outcome.Absent());
        assertEquals(State.CANCELLED, job.state());
    }

    @Test
    void aCancelledCreateThatThePlatformRefusedIsOver() {
        submitting(Guarantee.TOKEN);
        fold(Jobs.cancel(job));
        does(Op.CREATE, new Outcome.Rejected(JobError.user("Bad", "bad")));
        assertEquals(State.CANCELLED, job.state());
    }

    @Test
    void aRefusalIsNotTheLastWordWhileAnOlderCreateMayLand() {
        submitting(Guarantee.ADOPT);
        does(Op.CREATE, new Outcome.Unknown("no answer", false));
        does(Op.CREATE, new Outcome.Rejected(new JobError(JobError.Kind.SYSTEM, "Busy", "busy", true, null)));
        assertEquals(State.SUBMITTING, job.state(), "asked again under the same key");
        var refusal = JobError.user("Bad", "bad");
        does(Op.CREATE, new Outcome.Rejected(refusal));
        assertEquals(State.CANCELLING, job.state());
        assertEquals("GivenUp", job.condition(Type.CANCEL_OWED).reason());
        assertNull(job.condition(Type.OUTCOME_UNKNOWN), "no call is under way");
        var quarantine = now.plus(Jobs.DEADLINE).plusSeconds(60);
        assertEquals(new Demand(Op.OCCUPY, quarantine), demand);
        now = quarantine;
        does(Op.OCCUPY, new Outcome.Unknown("no answer", false));
        does(Op.OCCUPY, new Outcome.Rejected(refusal));
        assertEquals(State.CANCELLING, job.state(), "that occupy may land as well");
        now = demand.due();
        does(Op.OCCUPY, new Outcome.Rejected(refusal));
        assertEquals(State.FAILED, job.state());
        assertEquals(refusal, job.error());
    }

    @Test
    void aSuccessorDoubtsWhatItsPredecessorWasAsking() {
        submitting(Guarantee.ADOPT);
        fold(new Input.Restored());
        assertNotNull(job.condition(Type.OUTCOME_UNKNOWN));
        assertEquals(new Demand(Op.CREATE, now), demand, "and asks at once");
        unchanged(new Input.Restored());
        does(Op.CREATE, Jobs.exists());
        assertEquals(0, job.conditions().size());
        unchanged(new Input.Restored());
        submitting(Guarantee.NONE);
        unchanged(new Input.Restored());
    }

    @Test
    void anUnknownOutcomeIsAskedAgainWithTheSameAttempt() {
        submitting(Guarantee.ADOPT);
        does(Op.CREATE, new Outcome.Unknown("no answer", false));
        assertEquals(State.SUBMITTING, job.state());
        assertNotNull(job.condition(Type.OUTCOME_UNKNOWN));
        assertEquals(1, job.attempt().number());
        assertEquals(new Demand(Op.CREATE, now.plusSeconds(1)), demand);
        now = now.plusSeconds(40);
        unchanged(Jobs.result(job, Op.CREATE, new Outcome.Unknown("no answer", false)));
        assertEquals(new Demand(Op.CREATE, now.plusSeconds(20)), demand, "back-off grows with how long it has been");
        does(Op.CREATE, Jobs.exists());
        assertEquals(0, job.conditions().size());
    }

    @Test
    void aSearchPlatformIsLookedAtBeforeItIsAskedAgain() {
        submitting(Guarantee.SEARCH);
        var intent = now;
        does(Op.CREATE, new Outcome.Unknown("no answer", false));
        assertEquals(Op.FIND, demand.op());
        does(Op.FIND, new Outcome.Absent());
        assertEquals(Op.FIND, demand.op(), "not listed yet is not absent");
        now = intent.plus(Jobs.DEADLINE).plusSeconds(60);
        does(Op.FIND, new Outcome.Absent());
        assertEquals(now, job.attempt().submittedAt(), "a second intent, made durable before its call");
        assertEquals(new Demand(Op.CREATE, now), demand);
        does(Op.CREATE, new Outcome.Unknown("no answer", false));
        assertEquals(Op.FIND, demand.op());
    }

    @Test
    void afterARestoreASearchPlatformIsLookedAtFirst() {
        submitting(Guarantee.SEARCH);
        assertEquals(Op.FIND, new Demands(policy).after(job, job, new Input.Restored(), now).op());
        submitting(Guarantee.ADOPT);
        assertEquals(new Demand(Op.CREATE, now), new Demands(policy).after(job, job, new Input.Restored(), now));
    }

    @Test
    void fiveEqualExceptionsAreABugAndEndTheJob() {
        submitting(Guarantee.ADOPT);
        for (int i = 1; i < 5; i++) {
            does(Op.CREATE, new Outcome.Unknown("NullPointerException: request " + i, true));
            assertEquals(State.SUBMITTING, job.state());
        }
        does(Op.CREATE, new Outcome.Unknown("NullPointerException", true));
        assertEquals(State.CANCELLING, job.state());
        assertEquals(Op.OCCUPY, demand.op(), "what exists is settled first");
        does(Op.OCCUPY, Jobs.exists());
        does(Op.DELETE, new Outcome.Cancelled());
        assertEquals(State.FAILED, job.state());
        assertEquals("ConnectorBug", job.error().code());
    }

    @Test
    void aTransientFailureGetsANewAttemptUpToTheLimit() {
        running(2);
        var busy = new JobError(JobError.Kind.SYSTEM, "Backend", "backend error", true, null);
        does(Op.POLL, new Outcome.Failed(busy));
        assertEquals(State.WAITING, job.state());
        assertEquals(2, job.attempt().number());
        assertNull(job.attempt().handle());
        assertEquals(new Demand(Op.SLOT, now.plusSeconds(5)), demand);
        fold(new Input.Admit());
        does(Op.CREATE, Jobs.exists());
        does(Op.POLL, new Outcome.Failed(busy));
        assertEquals(State.FAILED, job.state());
        running(5);
        does(Op.POLL, new Outcome.Failed(JobError.user("Bad", "bad")));
        assertEquals(State.FAILED, job.state(), "no retry mends a user's error");
    }

    @Test
    void aJobThatDiedWithItsWorkerIsTriedAgainThreeTimes() {
        policy = Jobs.policy(Guarantee.NONE);
        running(1);
        for (int lost = 1; lost <= 3; lost++) {
            does(Op.POLL, new Outcome.Gone());
            assertEquals(State.WAITING, job.state());
            assertEquals(lost + 1, job.attempt().number());
            fold(new Input.Admit());
            does(Op.CREATE, Jobs.exists());
        }
        does(Op.POLL, new Outcome.Gone());
        assertEquals(State.FAILED, job.state());
        assertEquals("WorkerLost", job.error().code());
    }

    @Test
    void aJobThatThePlatformLostFails() {
        running();
        does(Op.POLL, new Outcome.Gone());
        assertEquals("JobGone", job.error().code());
    }

    @Test
    void resultsOfAnotherAttemptOrIncarnationAreDropped() {
        running(3);
        unchanged(new Input.Result(job.incarnation(), 2, Op.POLL, new Outcome.Cancelled()));
        unchanged(new Input.Result(job.incarnation() - 1, 1, Op.POLL, new Outcome.Cancelled()));
        unchanged(new Input.CancelAsked(job.id(), job.incarnation() - 1, "ann", ""));
    }

    @Test
    void aTimeoutCancelsAndFails() {
        begin(3, Duration.ofSeconds(60));
        does(Op.CHECK, new Outcome.Checked(null));
        fold(new Input.Admit());
        does(Op.CREATE, Jobs.exists());
        assertEquals(T0.plusSeconds(60), Lifecycle.deadline(job));
        now = T0.plusSeconds(59);
        unchanged(new Input.Tick());
        now = T0.plusSeconds(60);
        fold(new Input.Tick());
        assertEquals(State.CANCELLING, job.state());
        does(Op.DELETE, new Outcome.Cancelled());
        assertEquals(State.FAILED, job.state());
        assertEquals("Timeout", job.error().code());
    }

    @Test
    void onlyNewsIsWritten() {
        running();
        does(Op.POLL, Jobs.running(0.10));
        unchanged(Jobs.result(job, Op.POLL, Jobs.running(0.105)));
        now = now.plusSeconds(5);
        does(Op.POLL, Jobs.running(0.105));
        does(Op.POLL, Jobs.running(0.116));
        assertEquals(0.116, job.attempt().progress());
        unchanged(Jobs.result(job, Op.POLL, Jobs.running(null)));
    }

    @Test
    void pollsSlowDownWithTheJobsAge() {
        running();
        assertEquals(Duration.ofSeconds(1), Duration.between(now, demand.due()));
        now = now.plusSeconds(100);
        does(Op.POLL, Jobs.running(0.5));
        assertEquals(Duration.ofSeconds(10), Duration.between(now, demand.due()));
        now = now.plusSeconds(10_000);
        does(Op.POLL, Jobs.running(0.6));
        assertEquals(Duration.ofSeconds(30), Duration.between(now, demand.due()));
    }

    @Test
    void outputsHaveALimit() {
        running();
        does(Op.POLL, new Outcome.Succeeded(Bytes.of(new byte[256 * 1024 + 1]), null));
        assertEquals(State.FAILED, job.state());
        assertEquals("OutputsTooLarge", job.error().code());
    }

    @Test
    void outputsThatLieElsewhereHaveNone() {
        running();
        var stored = new Outputs.Stored("file:///o/outputs.pb", 256 * 1024 + 1);
        does(Op.POLL, new Outcome.Succeeded(stored, null, List.of()));
        assertEquals(State.SUCCEEDED, job.state());
        assertEquals(stored, job.outputs());
    }

    @Test
    void anEndMayTellWhatNoPollTold() {
        var info = Bytes.of(new byte[]{1});
        var pages = List.of(new Link("run", "https://x/1"));
        var error = JobError.user("Bad", "bad");
        running();
        does(Op.POLL, new Outcome.Succeeded(new Outputs.Inline(Bytes.of(new byte[0])), info, pages));
        assertEquals(List.of(State.SUCCEEDED, pages, info),
                List.of(job.state(), job.attempt().links(), job.attempt().info()));
        running();
        does(Op.POLL, new Outcome.Failed(error, info, pages));
        assertEquals(List.of(State.FAILED, pages, info, error),
                List.of(job.state(), job.attempt().links(), job.attempt().info(), job.error()));
        running();
        does(Op.POLL, new Outcome.Succeeded(new Outputs.Inline(Bytes.of(new byte[256 * 1024 + 1])), info, pages));
        assertEquals(List.of(State.FAILED, pages, info),
                List.of(job.state(), job.attempt().links(), job.attempt().info()));
        running();
        fold(Jobs.cancel(job));
        does(Op.DELETE, new Outcome.Failed(error, info, pages));
        assertEquals(List.of(State.FAILED, pages, info),
                List.of(job.state(), job.attempt().links(), job.attempt().info()));
    }

    @Test
    void anEndThatTellsNothingLeavesWhatIsKnown() {
        var info = Bytes.of(new byte[]{1});
        var pages = List.of(new Link("run", "https://x/1"));
        running();
        does(Op.POLL, new Outcome.Running(false, null, 0.5, pages, info, null));
        does(Op.POLL, new Outcome.Failed(JobError.user("Bad", "bad")));
        assertEquals(List.of(State.FAILED, pages, info, 0.5), List.of(job.state(), job.attempt().links(),
                job.attempt().info(), job.attempt().progress()));
    }

    @Test
    void anEndedJobStaysAsItIs() {
        running();
        does(Op.POLL, new Outcome.Cancelled());
        assertEquals(State.CANCELLED, job.state(), "somebody cancelled it on the platform");
        unchanged(Jobs.cancel(job));
        unchanged(Jobs.result(job, Op.POLL, new Outcome.Gone()));
        unchanged(new Input.Admit());
    }

    @Test
    void anIdStartsAnewOnlyOnceItExpired() {
        assertEquals(false, Lifecycle.startsIncarnation(null, T0));
        assertEquals(false, Lifecycle.startsIncarnation(T0, T0.minusMillis(1)));
        assertEquals(true, Lifecycle.startsIncarnation(T0, T0));
    }

    private void begin(int maxAttempts, Duration timeout) {
        now = T0;
        var create = Jobs.create(maxAttempts, timeout);
        job = new Lifecycle(policy).begin(create);
        demand = new Demands(policy).after(job, job, create, now);
    }

    private void submitting(Guarantee guarantee) {
        policy = Jobs.policy(guarantee);
        begin(1, null);
        does(Op.CHECK, new Outcome.Checked(null));
        fold(new Input.Admit());
    }

    private void running() {
        running(1);
    }

    private void running(int maxAttempts) {
        begin(maxAttempts, null);
        does(Op.CHECK, new Outcome.Checked(null));
        fold(new Input.Admit());
        does(Op.CREATE, Jobs.exists());
    }

    private void does(Op op, Outcome outcome) {
        fold(Jobs.result(job, op, outcome));
    }

    private void fold(Input input) {
        var before = job.rev();
        var was = job;
        job = new Lifecycle(policy).fold(job, input, now);
        assertEquals(job == was ? before : before + 1, job.rev(), "rev counts transitions");
        demand = new Demands(policy).after(was, job, input, now);
    }

    private void unchanged(Input input) {
        var was = job;
        fold(input);
        assertSame(was, job);
    }
}
