package dev.outboard.runtime;

import dev.outboard.dispatcher.job.JobError;

/** A value, or all of them together, that cannot be carried across the SPI; the error says whose fault that is. */
class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final transient JobError error;

    Refusal(JobError error) {
        // expected and explained, so nobody needs its stack
        super(error.message(), null, false, false);
        this.error = error;
    }

    JobError error() {
        return error;
    }
}
