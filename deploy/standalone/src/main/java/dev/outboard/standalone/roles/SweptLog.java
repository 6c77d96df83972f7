package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Resolution;
import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.runtime.sweep.JobLog;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One task type's log for a sweep: a view of that type alone, for as long as the sweep takes. */
final class SweptLog implements JobLog, AutoCloseable {
    /** A dead worker's transaction may hold the log's end back for a minute. */
    private static final Duration READ = Duration.ofMinutes(3);

    private final String taskType;
    private final KafkaJobs jobs;

    /** Begins to follow the log; returns at once, also while Kafka is away. */
    SweptLog(LogConfig config, String taskType) {
        this.taskType = taskType;
        // its meters are an API's and would say nothing here
        jobs = new KafkaJobs(config, ViewLimits.ofHeap(), new CompositeMeterRegistry(), taskType::equals);
    }

    /** True once it can be read. */
    boolean ready() {
        return jobs.ready();
    }

    /** @throws TimeoutException if it cannot be within this time */
    void awaitReady(Duration limit) throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("waiting for " + waitingFor());
            }
            Thread.sleep(100);
        }
    }

    String waitingFor() {
        return jobs.waitingFor();
    }

    /** False if no worker has ever served the task type here; only once it is {@link #ready}. */
    boolean known() {
        return !jobs.taskTypes().isEmpty();
    }

    @Override
    public String installation() {
        return jobs.installation();
    }

    @Override
    public List<Job> live() throws TimeoutException, InterruptedException {
        return jobs.live(taskType, READ);
    }

    @Override
    public @Nullable Job job(JobId id) throws TimeoutException {
        return switch (jobs.read(id, null)) {
            case Reading.Found found -> found.job();
            case Reading.Unknown _ -> null;
            case Reading.Behind(var why) -> throw new TimeoutException(why);
        };
    }

    @Override
    public boolean giveUp(JobId id, int attempt, String reason) throws TimeoutException {
        try {
            return switch (jobs.resolve(id, attempt, new Verdict.Failed(reason), "reconcile")) {
                case Resolution.Taken _ -> true;
                case Resolution.Unfit _,Resolution.Unknown _ -> false;
                case Resolution.Behind(var why) -> throw new TimeoutException(why);
            };
        } catch (LogUnavailable | OutcomeUnknown e) {
            throw new TimeoutException(e.getMessage());
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}
