package dev.outboard.dispatcher.job;

import dev.outboard.dispatcher.job.Condition.Type;
import java.time.Instant;

/** Whether a create that was asked for may still land, unknown to us: what brings that about, and what ends it. */
final class Doubt {
    private Doubt() {}

    /** True while an earlier create of this key may still land: what the platform says of a later one is not the last word. */
    static boolean of(Job job, Policy policy) {
        return !policy.diesWithWorker() && job.condition(Type.OUTCOME_UNKNOWN) != null;
    }

    /** A successor cannot know whether the call that its predecessor was making has landed. */
    static Job restored(Job job, Instant now, Policy policy) {
        boolean asking = job.state() == State.SUBMITTING
                || job.state() == State.CANCELLING && job.attempt().handle() == null;
        return asking && !policy.diesWithWorker() && !of(job, policy)
                ? Conditions.note(job, Type.OUTCOME_UNKNOWN, "WorkerLost",
                        "the worker that asked the platform is gone; it is asked again under the same key", now)
                : job;
    }

    /** From here on no call is under way, and any that was has its quarantine before it: the doubt begins anew. */
    static Job begunAnew(Job.Edit edit, Attempt attempt, Instant now) {
        return edit.attempt(attempt.submitted(now)).without(Type.OUTCOME_UNKNOWN).at(now);
    }

    /** The platform has answered. */
    static Job found(Job job, Job.Edit edit, Outcome.Exists exists, Instant now) {
        return edit.attempt(job.attempt().found(exists.handle(), exists.links()))
                .conditions(Conditions.answered(job))
                .at(now);
    }
}
