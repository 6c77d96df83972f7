package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The jobs of a task type that have one type of condition, kept as they change: how many, and for how long. Any thread. */
final class Standing {
    private record Since(Instant since, JobId id) {}

    private final Condition.Type type;
    private final ConcurrentSkipListSet<Since> jobs = new ConcurrentSkipListSet<>(
            Comparator.comparing(Since::since)
                    .thenComparing(since -> since.id().high())
                    .thenComparing(since -> since.id().low()));
    private final AtomicInteger count = new AtomicInteger();

    Standing(Condition.Type type) {
        this.type = type;
    }

    /** In order for any one job. */
    void changed(@Nullable Job was, @Nullable Job is) {
        var before = since(was);
        var after = since(is);
        if (before != null && !before.equals(after) && jobs.remove(before)) {
            count.decrementAndGet();
        }
        if (after != null && !after.equals(before) && jobs.add(after)) {
            count.incrementAndGet();
        }
    }

    private @Nullable Since since(@Nullable Job job) {
        // most jobs have none, and this is asked of each change
        var condition = job == null || job.conditions().isEmpty() ? null : job.condition(type);
        return job == null || condition == null ? null : new Since(condition.since(), job.id());
    }

    Condition.Type type() {
        return type;
    }

    int count() {
        return count.get();
    }

    /** How long the job has it that has had it longest; zero if none has. */
    Duration longest(Instant now) {
        var iterator = jobs.iterator();
        return iterator.hasNext() ? Duration.between(iterator.next().since(), now) : Duration.ZERO;
    }
}
