package dev.outboard.dispatcher.job;

import dev.outboard.dispatcher.job.Condition.Type;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a job's life: {@code (record, input, now) → record'}. Whatever is not written here cannot happen.
 *
 * <p>
 * A returned record that is the same object means: nothing to write. What the record then wants done is
 * {@link Demands}'s to say. No state, any thread.
 */
public final class Lifecycle {
    private final Policy policy;

    public Lifecycle(Policy policy) {
        this.policy = policy;
    }

    /**
     * Whether a create that was appended at {@code appendedAt} starts a new job although one of its id ended: readers
     * and the worker decide it by the same two numbers.
     */
    public static boolean startsIncarnation(@Nullable Instant expiresAt, Instant appendedAt) {
        return expiresAt != null && !appendedAt.isBefore(expiresAt);
    }

    /**
     * True if nothing was ever done for the job but to say that its create could not be taken: then, and until it is
     * forgotten, a replay of that create begins the job anew. Readers and the worker decide it by this.
     */
    public static boolean replaceable(Job job) {
        var error = job.error();
        return job.state() == State.FAILED && error != null && error.code().equals(JobError.UNDECODABLE)
                && job.attempt().submittedAt() == null;
    }

    /** A create's job while no worker has folded it: how readers see it. */
    public static Job queued(Input.Create create) {
        return Job.queued(create.id(), create.offset(), create.accepted());
    }

    /**
     * The first record of a create's job. The caller has made sure that there is no live job of this id, nor an ended
     * one that is still remembered ({@link #startsIncarnation}).
     */
    public Job begin(Input.Create create) {
        var job = queued(create);
        var refused = create.refused();
        return refused == null ? job : Endings.failed(job, refused, create.accepted().at(), policy);
    }

    /** The record after this input; the same object if nothing comes of it. */
    public Job fold(Job job, Input input, Instant now) {
        if (job.state().terminal()) {
            return job;
        }
        return switch (input) {
            case Input.Create _ -> job;
            case Input.Restored _ -> Doubt.restored(job, now, policy);
            case Input.CancelAsked asked -> asked.incarnation() == job.incarnation()
                    ? Owed.asked(job, asked, now, policy)
                    : job;
            case Input.Resolved resolved -> Verdicts.fold(job, resolved, now, policy);
            case Input.Admit _ -> job.state() == State.QUEUED || job.state() == State.WAITING ? submit(job, now) : job;
            case Input.HoldBack held -> job.state() == State.QUEUED ? holdBack(job, held.why(), now) : job;
            case Input.Tick _ -> overdue(job, now) ? timeOut(job, now) : Owed.tick(job, now, policy);
            case Input.Result result -> result.incarnation() == job.incarnation()
                    && result.attempt() == job.attempt().number() ? outcome(job, result.outcome(), now) : job;
        };
    }

    /** A command of this live job could not be taken: that is told, and nothing else of the job changes. */
    public static Job buried(Job job, String reason, String message, Instant now) {
        return Conditions.note(job, Type.DEAD_LETTER, reason, message, now);
    }

    /** When this attempt has run for as long as it may, or null if it may for ever or has not begun. */
    public static @Nullable Instant deadline(Job job) {
        var timeout = job.accepted().timeout();
        var since = job.attempt().submittedAt();
        boolean bound = job.state() == State.SUBMITTING || job.state() == State.RUNNING;
        return bound && timeout != null && since != null ? since.plus(timeout) : null;
    }

    /**
     * Whether what a poll told changes this job's record, as it is now; what a poll may wait with is none. Of what is in
     * the way it is news that there is something, not every change of its words.
     */
    public static boolean isNews(Job job, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Running seen -> Progress.seen(job, seen, now) != job;
            case Outcome.Unreachable _ -> job.condition(Type.PLATFORM_UNREACHABLE) == null;
            case Outcome.Retry _,Outcome.HeldBack _ -> job.condition(Type.THROTTLED) == null;
            case Outcome.NotStarted _ -> false;
            default -> true;
        };
    }

    private static boolean overdue(Job job, Instant now) {
        var deadline = deadline(job);
        return deadline != null && !now.isBefore(deadline);
    }

    private static Job timeOut(Job job, Instant now) {
        var error = JobError.user("Timeout", "the attempt ran longer than the template's timeout of "
                + job.accepted().timeout() + "; raise /template/metadata/timeout or make the job smaller");
        return Owed.owe(job, new Cancel("outboard", now, "timeout", error), now);
    }

    private static Job submit(Job job, Instant now) {
        return job.edit()
                .state(State.SUBMITTING, null)
                .attempt(job.attempt().submitted(now))
                .conditions(Conditions.without(job, Type.QUOTA_EXCEEDED))
                .at(now);
    }

    private static Job holdBack(Job job, String why, Instant now) {
        return job.edit()
                .state(State.WAITING, why)
                .conditions(Conditions.with(job, Type.QUOTA_EXCEEDED, "WorkerBusy", why, now))
                .at(now);
    }

    private Job outcome(Job job, Outcome outcome, Instant now) {
        return switch (job.state()) {
            case QUEUED -> outcome instanceof Outcome.Checked(var error) && error != null
                    ? Endings.failed(job, error, now, policy)
                    : job;
            case SUBMITTING -> submitting(job, outcome, now);
            case RUNNING -> running(job, outcome, now);
            case CANCELLING -> Owed.outcome(job, outcome, now, policy);
            case WAITING, SUCCEEDED, FAILED, CANCELLED -> job;
        };
    }

    private Job submitting(Job job, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Exists exists -> Doubt.found(job, job.edit().state(State.RUNNING, null), exists, now);
            case Outcome.Rejected(var error) -> Doubt.of(job, policy)
                    ? refusedInDoubt(job, error, now)
                    : failedOnPlatform(job, new Outcome.Failed(error), now);
            case Outcome.Unknown unknown -> unknown(job, unknown, now);
            // the look-up's window has passed: nothing landed, so a second intent is made durable before its call
            case Outcome.Absent _ -> now.isBefore(Demands.quarantineEnd(job, policy))
                    ? job
                    : Doubt.begunAnew(job.edit(), job.attempt(), now);
            default -> Conditions.inTheWay(job, outcome, now);
        };
    }

    /** Asked again where that may help; else given up as a cancel is: only an occupied key or its quarantine ends the doubt. */
    private static Job refusedInDoubt(Job job, JobError error, Instant now) {
        return error.retryable()
                ? Conditions.note(job, Type.THROTTLED, "Refused", error.message(), now)
                : Doubt.begunAnew(Owed.owing(job, new Cancel("outboard", now, "refused by the platform", error)),
                        job.attempt(), now);
    }

    private Job unknown(Job job, Outcome.Unknown unknown, Instant now) {
        var noted = Conditions.note(job, Type.OUTCOME_UNKNOWN, "ReplyLost", unknown.cause(), now);
        if (!unknown.bug()) {
            return noted;
        }
        var attempt = job.attempt().threw(unknown.cause());
        if (attempt.bugs() < Policy.MAX_BUGS) {
            return job.edit().attempt(attempt).conditions(noted.conditions()).at(now);
        }
        var error = JobError.system(JobError.CONNECTOR_BUG,
                "the connector threw " + attempt.bugs() + " times in create: " + unknown.cause());
        return Owed.owing(job, new Cancel("outboard", now, "connector bug", error)).attempt(attempt.calm()).at(now);
    }

    private Job running(Job job, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Running seen -> Progress.seen(job, seen, now);
            case Outcome.Succeeded succeeded -> Endings.succeeded(job, succeeded, now, policy);
            case Outcome.Failed failed -> failedOnPlatform(job, failed, now);
            case Outcome.Cancelled _ -> Endings.cancelled(job, now, policy);
            case Outcome.Gone _ -> gone(job, now);
            default -> Conditions.inTheWay(job, outcome, now);
        };
    }

    private Job failedOnPlatform(Job job, Outcome.Failed failed, Instant now) {
        var attempt = job.attempt();
        var error = failed.error();
        boolean again = error.retryable() && attempt.number() - attempt.lost() < job.accepted().maxAttempts();
        return again
                ? Endings.again(job, attempt.lost(), error.message(), Demands.attemptBackOff(attempt), now)
                : Endings.failed(job, failed, now, policy);
    }

    private Job gone(Job job, Instant now) {
        int lost = job.attempt().lost() + 1;
        if (!policy.diesWithWorker()) {
            return Endings.failed(job, JobError.system("JobGone", "the platform no longer knows the job"), now, policy);
        }
        if (lost > Policy.MAX_LOST) {
            return Endings.failed(job, JobError.system("WorkerLost",
                    "the worker died " + lost + " times while it ran this job"), now, policy);
        }
        return Endings.again(job, lost, "the worker that ran attempt " + job.attempt().number() + " is gone",
                Duration.ZERO, now);
    }
}
