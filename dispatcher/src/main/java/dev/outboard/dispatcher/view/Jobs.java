package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, as a door asks for them and sees them. Safe for many threads; calls block the calling thread, so call on virtual
 * threads.
 */
public interface Jobs extends AutoCloseable {

    /** True once this process has caught up with the logs; until then it says so rather than answer. */
    boolean ready();

    /** What it waits for while not {@link #ready}, for people. */
    String waitingFor();

    /** The known task types, by name, each with whether a worker serves it now. */
    List<TaskType> taskTypes();

    /**
     * Hands a job over: durable once this returns.
     *
     * @throws LogUnavailable if nothing was written; asking again is safe
     * @throws OutcomeUnknown if it may have been written; ask again with the same key
     */
    Creation create(NewJob job) throws LogUnavailable, OutcomeUnknown;

    /**
     * A job as it is now.
     *
     * @param position what the answer must have seen, from an earlier answer, or null
     */
    Reading read(JobId id, @Nullable Position position);

    /**
     * Jobs as this process has read them, newest first; it may be a moment behind.
     *
     * @param after where the page before ended, or null for the first
     * @param limit at least 1
     * @throws LogUnavailable if the page holds ended jobs that are not kept in memory, and the log could not be read now
     */
    JobPage list(JobFilter filter, @Nullable Cursor after, int limit) throws LogUnavailable;

    /**
     * Watches a job, known or not, from now on. What it changed to is to be {@link #read}. To be closed: it is remembered
     * until then.
     */
    Watch watch(JobId id);

    /**
     * Asks for a job's end. Nothing is written for a job that is unknown or has ended.
     *
     * @param by who asks
     * @param reason in their words, may be empty
     * @throws LogUnavailable if nothing was written
     * @throws OutcomeUnknown if it may have been written; asking again is safe
     */
    Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown;

    /**
     * Ends the doubt about a job whose outcome cannot be learnt. Nothing is written where the verdict does not fit.
     *
     * @param attempt that the person saw, or null for the one that is now
     * @param verdict of a created one only value and version of the handle count; whose it is, the task type tells
     * @param by who says so
     * @throws LogUnavailable if nothing was written
     * @throws OutcomeUnknown if it may have been written; saying it again is safe with the attempt
     */
    Resolution resolve(JobId id, @Nullable Integer attempt, Verdict verdict, String by)
            throws LogUnavailable, OutcomeUnknown;

    /**
     * The spec that a job was created with, packed; empty where the log keeps it no longer.
     *
     * @throws LogUnavailable if it could not be read now
     */
    Optional<Bytes> spec(Reading.Found found) throws LogUnavailable;

    /**
     * The newest dead letters, the newest first: at most 1,000 are looked at.
     *
     * @param taskType or null for any
     * @param limit at least 1
     * @throws LogUnavailable if they could not be read within some seconds
     */
    List<Letter> deadLetters(@Nullable String taskType, int limit) throws LogUnavailable;

    /**
     * The dead letter of the command at this place, or empty if it is not among the newest.
     *
     * @throws LogUnavailable if they could not be read within some seconds
     */
    Optional<Letter.Opened> deadLetter(String place) throws LogUnavailable;

    /**
     * Has a dead letter's command taken again: a create if the job that it became has not begun anew, any other if the job
     * still has a use for it.
     *
     * @param place of the letter
     * @throws LogUnavailable if nothing was written
     * @throws OutcomeUnknown if it may have been written; asking again is safe
     */
    Replay replay(String place) throws LogUnavailable, OutcomeUnknown;

    @Override
    void close();
}
