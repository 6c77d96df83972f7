package dev.outboard.dispatcher.job;

import dev.outboard.dispatcher.job.Condition.Type;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a record wants done next. It depends on the record and on the input that has just been folded, and on nothing that
 * a crash could lose: after a restore the input is {@link Input.Restored}.
 */
public final class Demands {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration MIN_POLL = Duration.ofSeconds(1);
    private static final Duration MAX_POLL = Duration.ofSeconds(30);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(60);

    private final Policy policy;

    public Demands(Policy policy) {
        this.policy = policy;
    }

    /**
     * The one thing the job wants, after {@code cause} was folded at {@code now}.
     *
     * @param was the record before; the same object as {@code job} if the fold changed nothing
     */
    public Demand after(Job was, Job job, Input cause, Instant now) {
        var next = next(was, job, cause, now);
        // an answer that no rule expects must not be asked for again at once, and again
        boolean idle = was == job && cause instanceof Input.Result(_, _, var op, _) && op == next.op();
        return idle && !next.due().isAfter(now) ? new Demand(next.op(), now.plus(MIN_POLL)) : next;
    }

    private Demand next(Job was, Job job, Input cause, Instant now) {
        return switch (job.state()) {
            case QUEUED -> cause instanceof Input.Result(_, _, _, Outcome.Checked _)
                    ? new Demand(Op.SLOT, now)
                    : new Demand(Op.CHECK, now.plus(backOff(job, cause, now)));
            case WAITING -> new Demand(Op.SLOT, later(now, job.due() == null ? now : job.due()));
            case SUBMITTING -> submitting(job, cause, was != job, now);
            case RUNNING -> new Demand(Op.POLL, now.plus(pause(job, cause, now)));
            case CANCELLING -> job.attempt().handle() == null
                    ? occupying(job, cause, now)
                    : new Demand(Op.DELETE, now.plus(deletePause(job, cause, now)));
            case SUCCEEDED, FAILED, CANCELLED -> {
                var expires = job.times().expiresAt();
                yield new Demand(Op.EXPIRE, expires == null ? now : expires);
            }
        };
    }

    private Demand submitting(Job job, Input cause, boolean changed, Instant now) {
        // only an intent that this very fold made is known to have had no call yet
        boolean intended = cause instanceof Input.Admit
                || changed && cause instanceof Input.Result(_, _, _, Outcome.Absent _);
        var op = intended || policy.guarantee() != Guarantee.SEARCH ? Op.CREATE : Op.FIND;
        return new Demand(op, now.plus(intended ? Duration.ZERO : backOff(job, cause, now)));
    }

    private Demand occupying(Job job, Input cause, Instant now) {
        var op = policy.guarantee() == Guarantee.SEARCH ? Op.FIND : Op.OCCUPY;
        if (Owed.hopeless(job)) {
            // it is not asked again: the tick at that time comes before the call, and ends the job
            return new Demand(op, later(now.plus(SOON), quarantineEnd(job, policy)));
        }
        var due = now.plus(backOff(job, cause, now));
        // refused while an older create may land: the key is not occupied, so its quarantine must pass here too
        boolean refused = cause instanceof Input.Result(_, _, _, Outcome.Rejected _);
        return new Demand(op, policy.dedupesForGood() && !refused ? due : later(due, quarantineEnd(job, policy)));
    }

    private Duration pause(Job job, Input cause, Instant now) {
        return switch (cause) {
            case Input.Restored _ -> Duration.ZERO;
            case Input.Result(_, _, _, Outcome.Exists _) -> policy.diesWithWorker() ? SOON : MIN_POLL;
            case Input.Result(_, _, _, Outcome.Running running) when running.pollAfter() != null ->
                clamp(running.pollAfter(), SOON, MAX_POLL);
            case Input.Result(_, _, _, Outcome.Running _) -> polling(job.times().startedAt(), now);
            default -> backOff(job, cause, now);
        };
    }

    private Duration deletePause(Job job, Input cause, Instant now) {
        var cancel = job.cancel();
        return switch (cause) {
            // the cancel came while a poll was under way: its answer says nothing of how the cancel fares
            case Input.Result(_, _, var op, Outcome.Running _) when op == Op.POLL -> Duration.ZERO;
            case Input.Result(_, _, var op, Outcome.NotStarted _) when op == Op.POLL -> Duration.ZERO;
            case Input.Result(_, _, _, Outcome.Running running) when running.pollAfter() != null ->
                clamp(running.pollAfter(), SOON, MAX_POLL);
            case Input.Result(_, _, _, Outcome.Running _) -> polling(cancel == null ? null : cancel.at(), now);
            default -> backOff(job, cause, now);
        };
    }

    /** Grows with the age of what is watched: a change is seen after a tenth of the time it took to come. */
    private static Duration polling(@Nullable Instant since, Instant now) {
        return since == null ? MIN_POLL : clamp(Duration.between(since, now).dividedBy(10), MIN_POLL, MAX_POLL);
    }

    /** None, unless the platform was in the way: then it grows with how long it has been. */
    private static Duration backOff(Job job, Input cause, Instant now) {
        if (!(cause instanceof Input.Result(_, _, _, var outcome))) {
            return Duration.ZERO;
        }
        return switch (outcome) {
            case Outcome.Retry(var after, _) -> clamp(after, SOON, Duration.ofHours(1));
            case Outcome.Unknown _ -> growing(job, Type.OUTCOME_UNKNOWN, now);
            case Outcome.Unreachable _ -> growing(job, Type.PLATFORM_UNREACHABLE, now);
            case Outcome.Rejected _ -> growing(job, Type.THROTTLED, now);
            case Outcome.Absent _,Outcome.NotStarted _,Outcome.HeldBack _ -> MIN_POLL;
            default -> Duration.ZERO;
        };
    }

    private static Duration growing(Job job, Type type, Instant now) {
        var condition = job.condition(type);
        if (condition == null) {
            return MIN_POLL;
        }
        // where we gave up, the pauses of what we ask then do not begin with the longest
        var cancel = job.cancel();
        var since = cancel != null && cancel.forBug() ? later(condition.since(), cancel.at()) : condition.since();
        return clamp(Duration.between(since, now).dividedBy(2), MIN_POLL, MAX_BACK_OFF);
    }

    /** Between two attempts: 5 s, 10 s, 20 s … to a minute. */
    static Duration attemptBackOff(Attempt failed) {
        int doublings = Math.min(failed.number() - failed.lost() - 1, 4);
        return clamp(Duration.ofSeconds(5L << doublings), Duration.ZERO, MAX_BACK_OFF);
    }

    /** From when no create of this attempt can land any more: the last call began no later than its cancel or intent. */
    static Instant quarantineEnd(Job job, Policy policy) {
        var cancel = job.cancel();
        var submitted = job.attempt().submittedAt();
        var intended = submitted == null ? job.times().updatedAt() : submitted;
        return later(intended, cancel == null ? intended : cancel.at()).plus(policy.quarantine());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Duration clamp(Duration value, Duration least, Duration most) {
        return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
    }
}
