package dev.outboard.dispatcher.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The ways an attempt ends. */
final class Endings {
    private Endings() {}

    static Job succeeded(Job job, Outcome.Succeeded outcome, Instant now, Policy policy) {
        int size = outcome.outputs().weight();
        if (size > Policy.MAX_OUTPUTS) {
            var error = JobError.user("OutputsTooLarge", "the outputs take " + size + " bytes, at most "
                    + Policy.MAX_OUTPUTS + " are kept; return a reference to them instead");
            return failed(job, new Outcome.Failed(error, outcome.info(), outcome.links()), now, policy);
        }
        var attempt = job.attempt().seen(false, outcome.links(), 1.0, outcome.info());
        return end(job.edit().state(State.SUCCEEDED, null).attempt(attempt).outputs(outcome.outputs()), job, now,
                policy);
    }

    /** By the platform's word, which may tell links and info that no poll told before. */
    static Job failed(Job job, Outcome.Failed told, Instant now, Policy policy) {
        var error = told.error();
        var attempt = job.attempt().seen(false, told.links(), null, told.info());
        return end(job.edit().state(State.FAILED, error.message()).attempt(attempt).error(error), job, now, policy);
    }

    static Job failed(Job job, JobError error, Instant now, Policy policy) {
        return end(job.edit().state(State.FAILED, error.message()).error(error), job, now, policy);
    }

    /** Cancelled before any intent of this attempt: the platform has nothing of it. */
    static Job neverCreated(Job job, Cancel cancel, Instant now, Policy policy) {
        var edit = job.edit().cancel(cancel).state(State.CANCELLED, "cancelled by " + cancel.by());
        return end(edit, job, now, policy);
    }

    /** The platform runs nothing of the job any more. */
    static Job cancelled(Job job, Instant now, Policy policy) {
        var cancel = job.cancel();
        var error = cancel == null ? null : cancel.thenFail();
        if (error != null) {
            return failed(job, error, now, policy);
        }
        var by = cancel == null ? "cancelled on the platform" : "cancelled by " + cancel.by();
        return end(job.edit().state(State.CANCELLED, by), job, now, policy);
    }

    /** This attempt is over; the job gets another, with a key of its own, not before the back-off has passed. */
    static Job again(Job job, int lost, String why, Duration backOff, Instant now) {
        int next = job.attempt().number() + 1;
        return job.edit()
                .state(State.WAITING, "attempt " + next + " follows: " + why)
                .attempt(Attempt.fresh(next, lost))
                .conditions(Conditions.answered(job))
                .due(now.plus(backOff))
                .at(now);
    }

    private static Job end(Job.Edit edit, Job was, Instant now, Policy policy) {
        return edit.conditions(List.of()).ended(now, now.plus(policy.window()));
    }
}
