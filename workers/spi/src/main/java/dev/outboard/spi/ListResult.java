package dev.outboard.spi;

import java.time.Duration;
import java.util.List;

/** What a platform tells when it is asked for all that carries an installation's label. */
public sealed interface ListResult {

    /** For at least so long after its end an external job is still listed, with {@code live} false. */
    Duration ENDED_SHOWN = Duration.ofHours(1);

    /** All of them, in any order: those that are live, and those that ended within the last {@link #ENDED_SHOWN}. */
    record Listed(List<ExternalJob> jobs) implements ListResult {
        public Listed {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * This connector cannot list.
     *
     * @param why for people, a clause such as {@code its jobs live in the worker's process}
     */
    record CannotList(String why) implements ListResult {}
}
