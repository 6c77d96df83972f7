package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.view.Known.Seen;
import org.jspecify.annotations.Nullable;

/** A job as it was seen, and the task type it was found in. */
record Located(TypeView type, Seen seen) {

    Job job() {
        return seen.job();
    }

    /** This one, unless a later look found it again. */
    Located or(@Nullable Located later) {
        return later == null ? this : later;
    }
}
