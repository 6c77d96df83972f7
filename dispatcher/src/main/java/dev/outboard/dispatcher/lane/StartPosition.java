package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.dispatcher.wire.Watermark;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** From which command on a restored partition is folded. */
final class StartPosition {
    private StartPosition() {}

    /**
     * The watermark decides: it is in the log itself, and no retention or reset can take it away.
     *
     * @param committed the group's position, empty if it has none
     * @param mark the last one in the state log, or null if it holds none
     * @param start where the command log begins
     * @param sawRecord whether the state log holds any committed record
     * @throws Stopped where none of them can be trusted
     */
    static long of(int partition, OptionalLong committed, @Nullable Watermark mark, long start, boolean sawRecord) {
        if (mark == null) {
            if (committed.isEmpty() && !sawRecord && start == 0) {
                return 0;
            }
            throw new Stopped("partition " + partition + " has no watermark, but is not new (committed " + committed
                    + ", commands from " + start + ", state " + (sawRecord ? "not empty" : "empty")
                    + "): restore the state topic, or start with another prefix");
        }
        if (committed.isPresent() && committed.getAsLong() > mark.position()) {
            throw new Stopped("the committed position " + committed.getAsLong() + " of partition " + partition
                    + " is beyond the watermark " + mark.position()
                    + ": somebody moved the group's offsets; reset them to the watermark");
        }
        if (mark.position() < start) {
            throw new Stopped("commands " + mark.position() + " to " + (start - 1) + " of partition " + partition
                    + " were deleted before they were folded: the outage was longer than their retention");
        }
        return mark.position();
    }
}
