package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.JobId;

/** Short names of jobs, for people who read a run. */
final class Names {
    private Names() {}

    static JobId id(int partition, int number) {
        return new JobId(partition, number);
    }

    static String of(JobId id) {
        return "J" + id.low();
    }
}
