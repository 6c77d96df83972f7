package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs and external jobs made by hand. */
final class Sample {
    static final String INSTALLATION = "here";
    static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    private Sample() {}

    static String key(Job job, int attempt) {
        return Identity.externalKey(INSTALLATION, job.id(), job.incarnation(), attempt);
    }

    /** At this attempt, and with a handle of its key unless {@code handle} is null. */
    static Job job(long id, State state, int attempt, String handle) {
        var accepted = new Accepted(Life.TYPE, 0, new Tenant("p", "d"), "n", Map.of(), Bytes.of(new byte[0]), 3, null,
                T0);
        var at = new Attempt(attempt, 0, 0, null, T0,
                handle == null ? null : new dev.outboard.dispatcher.job.Handle("Fake", "1", 1, handle), false,
                List.of(), null, null);
        return new Job(new JobId(id, id), 5, 1, accepted, state, null, at, List.of(), null, null, null, null,
                Times.accepted(T0));
    }

    static Job running(long id) {
        return job(id, State.RUNNING, 1, "h" + id);
    }

    /** The external job that this job waits for. */
    static ExternalJob of(Job job) {
        return external(job, job.attempt().number(), job.attempt().handle().value(), true);
    }

    static ExternalJob external(Job job, int attempt, String handle, boolean live) {
        return new ExternalJob(Life.TYPE, job.id().toString(), key(job, attempt), new Handle(1, handle), live, T0);
    }

    static ExternalJob stranger() {
        return new ExternalJob(Life.TYPE, new JobId(99, 99).toString(), "x".repeat(52), new Handle(1, "x"), true, T0);
    }
}
