package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The log of one task type, as a sweep reads it and writes to it. Calls block; any thread. */
public interface JobLog {

    /** The name that is in the keys and labels of this log's jobs. */
    String installation();

    /**
     * Every job that has not ended, as of a moment after this call.
     *
     * @throws TimeoutException if the log could not be read that far; the message is for people
     */
    List<Job> live() throws TimeoutException, InterruptedException;

    /**
     * A job as it is now, or null if the log knows none of this id, or no longer.
     *
     * @throws TimeoutException if that cannot be said now; the message is for people
     */
    @Nullable
    Job job(JobId id) throws TimeoutException, InterruptedException;

    /**
     * Has a live job failed because its external job is lost.
     *
     * @param attempt that it is lost of
     * @param reason for people
     * @return false if the job has ended meanwhile, or is at another attempt
     * @throws TimeoutException if that is not, or not surely, in the log now; the message is for people
     */
    boolean giveUp(JobId id, int attempt, String reason) throws TimeoutException, InterruptedException;
}
