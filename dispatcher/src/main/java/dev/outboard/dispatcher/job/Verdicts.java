package dev.outboard.dispatcher.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a person's word makes of a job. */
final class Verdicts {
    private Verdicts() {}

    /** The record after it, with who said so in its history; the same object where it does not fit. */
    static Job fold(Job job, Input.Resolved resolved, Instant now, Policy policy) {
        var verdict = resolved.verdict();
        if (resolved.incarnation() != job.incarnation() || resolved.attempt() != job.attempt().number()
                || !verdict.fits(job)) {
            return job;
        }
        var note = "resolved by " + resolved.by() + ": " + verdict.text();
        var next = switch (verdict) {
            case Verdict.Created(var handle) -> created(job, handle, note, now);
            case Verdict.NeverCreated _ -> job.state() == State.CANCELLING
                    ? Endings.cancelled(job, now, policy)
                    : neverCreated(job, note, now);
            case Verdict.Failed(var reason) -> Endings.failed(job,
                    JobError.system("Resolved", reason + " (resolved by " + resolved.by() + ")"), now, policy);
        };
        return next.noted(note);
    }

    /** A cancel that is owed stays so, and now has something to stop. */
    private static Job created(Job job, Handle handle, String note, Instant now) {
        var edit = job.state() == State.CANCELLING ? job.edit() : job.edit().state(State.RUNNING, note);
        return edit.attempt(job.attempt().found(handle, List.of())).conditions(Conditions.answered(job)).at(now);
    }

    /** Another key, so that whatever is still asked under the old one is no result of this job's. */
    private static Job neverCreated(Job job, String note, Instant now) {
        return Endings.again(job, job.attempt().lost() + 1, note, Duration.ZERO, now);
    }
}
