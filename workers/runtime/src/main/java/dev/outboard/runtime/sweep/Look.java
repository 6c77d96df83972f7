package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.spi.ExternalJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What platform and log said, the platform first.
 *
 * @param installation whose jobs they are
 * @param askedAt when the listing was asked for
 * @param listed the platform's external jobs of this installation and task type
 * @param readAt after the listing; the log was read to where it ended then, or later
 * @param jobs by id: all that are live, and those ended ones that the listing names and the log remembers
 */
record Look(String installation, Instant askedAt, List<ExternalJob> listed, Instant readAt, Map<JobId, Job> jobs) {
    Look {
        listed = List.copyOf(listed);
        jobs = Map.copyOf(jobs);
    }

    /**
     * True if the platform lists anything that the log knows. Else it is likely that they are not each other's: another
     * account, another Kafka, another installation's name.
     */
    boolean acquainted() {
        return listed.stream().anyMatch(external -> JobId.parse(external.jobId()).map(jobs::containsKey).orElse(false));
    }

    /** The key that the job's attempt of this number has on the platform. */
    String key(Job job, int attempt) {
        return Identity.externalKey(installation, job.id(), job.incarnation(), attempt);
    }
}
