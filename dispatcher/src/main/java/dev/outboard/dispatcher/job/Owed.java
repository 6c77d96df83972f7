package dev.outboard.dispatcher.job;

import dev.outboard.dispatcher.job.Condition.Type;
import java.time.Instant;

/** The rules while a cancel is owed: a caller's, or our own where it was we who gave the job up. */
final class Owed {
    private Owed() {}

    static Job owe(Job job, Cancel cancel, Instant now) {
        return owing(job, cancel).at(now);
    }

    static Job.Edit owing(Job job, Cancel cancel) {
        return job.edit()
                .cancel(cancel)
                .state(State.CANCELLING, "the platform has been asked to stop it")
                .conditions(Conditions.owing(job, cancel));
    }

    /** A caller asks for the job's end. */
    static Job asked(Job job, Input.CancelAsked asked, Instant now, Policy policy) {
        var owed = job.cancel();
        if (owed != null) {
            // what a caller is owed no time-out ends, so it takes the place of a giving up that one would
            return owed.forBug()
                    ? owing(job, new Cancel(asked.by(), owed.at(), asked.reason(), null))
                            .attempt(job.attempt().calm())
                            .at(now)
                    : job;
        }
        // its time is when it became owed: no create of this job is started after it, which quarantine counts on
        var cancel = new Cancel(asked.by(), now, asked.reason(), null);
        return job.state().mayExist() ? owe(job, cancel, now) : Endings.neverCreated(job, cancel, now, policy);
    }

    static Job outcome(Job job, Outcome outcome, Instant now, Policy policy) {
        return job.attempt().handle() == null
                ? unknown(job, outcome, now, policy)
                : known(job, outcome, now, policy);
    }

    /** It is not known whether there is anything to cancel (R8): only an occupied key tells. */
    private static Job unknown(Job job, Outcome outcome, Instant now, Policy policy) {
        return switch (outcome) {
            case Outcome.Exists exists -> Doubt.found(job, job.edit(), exists, now);
            case Outcome.Rejected _ -> Doubt.of(job, policy)
                    ? Doubt.begunAnew(job.edit(), job.attempt().calm(), now)
                    : Endings.cancelled(job, now, policy);
            case Outcome.Absent _ -> now.isBefore(Demands.quarantineEnd(job, policy))
                    ? job
                    : Endings.cancelled(job, now, policy);
            case Outcome.Unknown(var cause, _) ->
                counted(job, outcome, Conditions.note(job, Type.OUTCOME_UNKNOWN, "ReplyLost", cause, now), now);
            default -> counted(job, outcome, Conditions.inTheWay(job, outcome, now), now);
        };
    }

    /** The external job is known: the platform's word ends it, whatever that word is. */
    private static Job known(Job job, Outcome outcome, Instant now, Policy policy) {
        return switch (outcome) {
            case Outcome.Running seen -> Progress.seen(job, seen, now);
            case Outcome.Succeeded succeeded -> Endings.succeeded(job, succeeded, now, policy);
            case Outcome.Failed failed -> Endings.failed(job, failed, now, policy);
            case Outcome.Cancelled _,Outcome.Gone _ -> Endings.cancelled(job, now, policy);
            default -> Conditions.inTheWay(job, outcome, now);
        };
    }

    /** Where we gave up because the connector throws, it is counted how often in a row it does so here too. */
    private static Job counted(Job job, Outcome outcome, Job noted, Instant now) {
        var cancel = job.cancel();
        var was = job.attempt();
        if (cancel == null || !cancel.forBug() || outcome instanceof Outcome.NotStarted) {
            return noted;
        }
        var attempt = outcome instanceof Outcome.Unknown(var cause, var bug) && bug ? was.threw(cause) : was.calm();
        if (attempt.equals(was)) {
            return noted;
        }
        // nobody asks again, but what was asked for may still land until its quarantine is over
        var next = attempt.bugs() < Policy.MAX_BUGS ? attempt : attempt.submitted(now);
        return job.edit().attempt(next).conditions(noted.conditions()).at(now);
    }

    /** True if the connector throws whatever it is asked, so that only time can tell that nothing lands any more. */
    static boolean hopeless(Job job) {
        var cancel = job.cancel();
        return job.state() == State.CANCELLING && cancel != null && cancel.forBug()
                && job.attempt().handle() == null && job.attempt().bugs() >= Policy.MAX_BUGS;
    }

    /** What we gave up ourselves, and nobody can be asked about, ends once nothing of it can land any more. */
    static Job tick(Job job, Instant now, Policy policy) {
        var cancel = job.cancel();
        if (!hopeless(job) || cancel == null || cancel.thenFail() == null
                || now.isBefore(Demands.quarantineEnd(job, policy))) {
            return job;
        }
        var error = JobError.system(JobError.CONNECTOR_BUG, cancel.thenFail().message() + "; it also threw "
                + job.attempt().bugs()
                + " times when the platform was to be asked what exists under the key of attempt "
                + job.attempt().number()
                + ", so that is not known: ./outboard reconcile finds it if there is anything");
        return Endings.failed(job, error, now, policy);
    }
}
