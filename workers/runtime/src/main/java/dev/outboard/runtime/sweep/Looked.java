package dev.outboard.runtime.sweep;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a look at platform and log. */
public sealed interface Looked {

    /** The connector has no way to list its jobs; {@code why} is a clause for people. */
    record CannotList(String why) implements Looked {}

    /**
     * Both were read.
     *
     * @param found what nothing explains, and time does not either
     * @param strangers true if the platform lists nothing that the log knows: then nothing is touched for want of the other
     * @param suspected how much is not explained, the found included
     * @param due when another look could tell of what is suspected now, or null if nothing is
     * @param explained how many live jobs and live external jobs are as they should be
     */
    record Seen(List<Finding> found, boolean strangers, int suspected, @Nullable Instant due, int explained)
            implements
                Looked {
        public Seen {
            found = List.copyOf(found);
        }
    }
}
