package dev.outboard.dispatcher.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemandsTest {
    private static final JobError ERROR = new JobError(JobError.Kind.SYSTEM, "E", "e", true, null);
    private static final List<Outcome> OUTCOMES = List.of(new Outcome.Checked(null), new Outcome.Checked(ERROR),
            Jobs.exists(), new Outcome.Absent(), new Outcome.Rejected(ERROR), new Outcome.Unknown("u", false),
            new Outcome.Unknown("u", true), new Outcome.Retry(Duration.ZERO, "busy"), new Outcome.Unreachable("x"),
            Jobs.running(0.5), new Outcome.Running(false, "at work", 0.5, List.of(), null, Duration.ZERO),
            new Outcome.Succeeded(Bytes.of(new byte[1]), null), new Outcome.Failed(ERROR), new Outcome.Cancelled(),
            new Outcome.Gone(), new Outcome.NotStarted());

    /** Else a connector that answers what nobody expects, or one worker without a lease, spins. */
    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void everyAnswerToWhatAJobWantsIsProgressOrAPause(Guarantee guarantee) {
        var policy = Jobs.policy(guarantee);
        var lifecycle = new Lifecycle(policy);
        var demands = new Demands(policy);
        var queued = lifecycle.begin(Jobs.create(3, null));
        var submitting = lifecycle.fold(queued, new Input.Admit(), Jobs.T0);
        var running = lifecycle.fold(submitting, Jobs.result(submitting, Op.CREATE, Jobs.exists()), Jobs.T0);
        var occupying = lifecycle.fold(submitting, Jobs.cancel(submitting), Jobs.T0);
        var deleting = lifecycle.fold(running, Jobs.cancel(running), Jobs.T0);
        for (var job : List.of(queued, submitting, running, occupying, deleting)) {
            for (var later : List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofSeconds(-5))) {
                var now = Jobs.T0.plus(later);
                var op = demands.after(job, job, new Input.Restored(), now).op();
                for (var outcome : OUTCOMES) {
                    var result = Jobs.result(job, op, outcome);
                    var next = lifecycle.fold(job, result, now);
                    var demand = demands.after(job, next, result, now);
                    // an intent made again is rare: only a passed quarantine lets it
                    boolean again = !Objects.equals(next.attempt().submittedAt(), job.attempt().submittedAt());
                    assertTrue(again || next.state() != job.state() || demand.op() != op || demand.due().isAfter(now),
                            job.state() + " asks again at once after " + op + " gave " + outcome);
                }
            }
        }
    }
}
