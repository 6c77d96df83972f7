package dev.outboard.dispatcher.wire;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Tenant;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command that cannot be decoded or folded counts as a create that is refused, where no job of its id is remembered. */
public final class Poison {
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private Poison() {}

    /**
     * What it counts as, for the worker that folds it and the reader that sees it first; null if its key is no job id.
     *
     * @param why it cannot be decoded or folded
     */
    public static Input.@Nullable Create create(String taskType, byte @Nullable [] key, int partition, long offset,
            Instant appendedAt, String why) {
        if (key == null || key.length != JobId.SIZE) {
            return null;
        }
        var accepted = new Accepted(taskType, 0, new Tenant("", ""), "", Map.of(), NOTHING, 1, null, appendedAt);
        var error = JobError.system(JobError.UNDECODABLE,
                "the command could not be taken (" + why + "); it is kept as a dead letter: ./outboard deadletter show "
                        + DeadLetter.place(taskType, partition, offset));
        return new Input.Create(JobId.of(key), accepted, offset, error);
    }
}
