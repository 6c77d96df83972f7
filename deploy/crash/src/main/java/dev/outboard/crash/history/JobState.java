package dev.outboard.crash.history;

import dev.outboard.crash.history.Result.Created;
import dev.outboard.crash.history.Result.NotFound;
import dev.outboard.crash.history.Result.Saw;
import dev.outboard.crash.history.Result.Unknown;
import org.jspecify.annotations.Nullable;

/**
 * One job as its readers may see it. The worker advances it between any two operations, so that a get may see any version
 * that is not below the highest seen before.
 *
 * @param incarnation of the highest version seen
 * @param rev         of the highest version seen
 */
record JobState(boolean created, long incarnation, long rev) {
    static final JobState ABSENT = new JobState(false, Long.MIN_VALUE, Long.MIN_VALUE);
    private static final JobState UNSEEN = new JobState(true, Long.MIN_VALUE, Long.MIN_VALUE);

    /** The state after this operation took effect; null where it cannot have been told this here. */
    @Nullable
    JobState after(Operation operation) {
        return switch (operation.result()) {
            case Created(var replayed) when replayed -> created ? this : null;
            case Created _ -> created ? null : UNSEEN;
            case NotFound() -> created ? null : this;
            case Saw(var i, var r) -> created && !(i < incarnation || i == incarnation && r < rev)
                    ? new JobState(true, i, r)
                    : null;
            // a repeated create changes nothing
            case Unknown() -> created ? this : UNSEEN;
        };
    }
}
