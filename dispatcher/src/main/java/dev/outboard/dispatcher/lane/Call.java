package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Job;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One call that a job wants.
 *
 * @param op CHECK, CREATE, FIND, OCCUPY, POLL or DELETE
 * @param job the record, committed (for CHECK: about to be)
 * @param installation that the job belongs to
 * @param externalKey of this attempt
 * @param spec reads the job's spec, a packed CreateTaskRequest; may block, and throws if the log cannot be read
 * @param lease asked right before the connector is called; where it says false the call is not started and the outcome is
 *     NotStarted, because another worker may own the job by now
 * @param heard told, from any thread, while a poll waits: as of so long ago the platform had nothing new to tell of the job
 */
public record Call(Demand.Op op, Job job, String installation, String externalKey, Callable<Bytes> spec,
        BooleanSupplier lease, Consumer<Duration> heard) {}
