package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.runtime.sweep.Finding.Missing;
import dev.outboard.runtime.sweep.Finding.Orphan;
import dev.outboard.runtime.sweep.Finding.Why;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares one look's two sides, both ways. The log was read after the listing, and an attempt's intent is committed before
 * its create: so whatever is listed, the log has had its key. Keys of a job only move on. What this finds may still be a
 * listing that lags; {@link Suspects} tells that from what stays.
 */
final class Comparison {
    private final Look look;
    private final Map<String, Job> byKey = new HashMap<>();
    private final Map<String, List<ExternalJob>> listed;
    private final Set<Handle> listedHandles;
    /** Of live jobs: what a job goes by is its own, whatever the labels say. */
    private final Set<Handle> handles = new HashSet<>();

    private Comparison(Look look) {
        this.look = look;
        for (var job : look.jobs().values()) {
            if (!job.state().terminal()) {
                byKey.put(key(job), job);
                var handle = handle(job);
                if (handle != null) {
                    handles.add(handle);
                }
            }
        }
        listed = look.listed().stream().collect(Collectors.groupingBy(ExternalJob::key));
        listedHandles = look.listed().stream().map(ExternalJob::handle).collect(Collectors.toSet());
    }

    /**
     * What contradicts.
     *
     * @param explained how many live jobs and live external jobs do not
     */
    record Result(List<Finding> unexplained, int explained) {}

    static Result of(Look look) {
        return new Comparison(look).result();
    }

    private Result result() {
        var unexplained = new ArrayList<Finding>();
        var live = look.listed().stream().filter(ExternalJob::live).toList();
        for (var external : live) {
            var orphan = orphan(external);
            if (orphan != null) {
                unexplained.add(orphan);
            }
        }
        for (var job : byKey.values()) {
            if (missing(job)) {
                unexplained.add(new Missing(job, key(job)));
            }
        }
        return new Result(List.copyOf(unexplained), live.size() + byKey.size() - unexplained.size());
    }

    private @Nullable Orphan orphan(ExternalJob external) {
        if (handles.contains(external.handle())) {
            return null;
        }
        var owner = byKey.get(external.key());
        if (owner != null) {
            // two of one key: the job has gone by its handle since it had one, so it never goes by this one. Where its own
            // is not in the list nothing is said: handles of two versions of a connector may differ
            return listed.getOrDefault(external.key(), List.of())
                    .stream()
                    .anyMatch(other -> other.handle().equals(handle(owner)))
                            ? new Orphan(external, Why.DUPLICATE, owner.attempt().number())
                            : null;
        }
        var job = JobId.parse(external.jobId()).map(look.jobs()::get).orElse(null);
        if (job == null) {
            return new Orphan(external, Why.UNKNOWN_JOB, null);
        }
        var attempt = IntStream.rangeClosed(1, job.attempt().number())
                .boxed()
                .filter(number -> look.key(job, number).equals(external.key()))
                .findFirst()
                .orElse(null);
        if (attempt == null) {
            return new Orphan(external, Why.EARLIER_JOB, null);
        }
        return new Orphan(external, job.state().terminal() ? Why.JOB_ENDED : Why.SUPERSEDED, attempt);
    }

    private boolean missing(Job job) {
        var handle = handle(job);
        boolean waits = job.state() == State.RUNNING || job.state() == State.CANCELLING;
        return waits && handle != null && !listed.containsKey(key(job)) && !listedHandles.contains(handle);
    }

    private String key(Job job) {
        return look.key(job, job.attempt().number());
    }

    private static @Nullable Handle handle(Job job) {
        var handle = job.attempt().handle();
        return handle == null ? null : new Handle(handle.version(), handle.value());
    }
}
