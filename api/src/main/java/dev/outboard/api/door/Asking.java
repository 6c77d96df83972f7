package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Looking a job up and asking for its end, as both doors share it. */
final class Asking {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    private final Jobs jobs;

    Asking(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @throws dev.outboard.api.http.Refused 404 or 503 unless it is found */
    Reading.Found read(JobId id, @Nullable Position position) {
        return switch (jobs.read(id, position)) {
            case Reading.Found found -> found;
            case Reading.Unknown unknown -> throw unknownJob(id).refused();
            case Reading.Behind behind -> throw behind(behind.why()).refused();
        };
    }

    /**
     * The same job once more, for somebody who waits for news of it. Its own position is enough to go on from, unless that
     * answer may have been old: then the next one must not pass for the latest because it is no older.
     */
    Reading.Found again(Reading.Found shown) {
        boolean asOf = shown.conditions().stream().anyMatch(c -> c.type() == Condition.Type.AS_OF);
        return read(shown.job().id(), asOf ? null : shown.position());
    }

    /**
     * The job that a cancel was asked of.
     *
     * @param owed false if it had ended before
     */
    record Asked(Reading.Found job, boolean owed) {}

    /**
     * Asks for the job's end.
     *
     * @throws dev.outboard.api.http.Refused 404 or 503 unless the cancel is owed now or the job has ended
     */
    Asked cancel(JobId id, String by, String reason) {
        try {
            return switch (jobs.cancel(id, by, reason)) {
                case Cancellation.Owed(var job) -> {
                    LOG.log(Level.INFO, "job " + id + ": cancel asked by " + by + ", at " + job.position());
                    yield new Asked(job, true);
                }
                case Cancellation.Ended(var job) -> {
                    LOG.log(Level.INFO, "job " + id + ": cancel asked by " + by + ", but it is " + job.job().state());
                    yield new Asked(job, false);
                }
                case Cancellation.Unknown unknown -> throw unknownJob(id).refused();
                case Cancellation.Behind behind -> throw behind(behind.why()).refused();
            };
        } catch (LogUnavailable e) {
            LOG.log(Level.WARNING,
                    "job " + id + ": a cancel was refused: the log cannot be reached: " + e.getMessage());
            throw Code.LOG_UNAVAILABLE.says("Kafka cannot be reached; nothing was written").refused();
        } catch (OutcomeUnknown e) {
            LOG.log(Level.WARNING,
                    "job " + id + ": Kafka did not say in time whether it has the cancel: " + e.getMessage());
            throw Code.OUTCOME_UNKNOWN.says("Kafka did not say in time whether it has the cancel")
                    .with("job_id", id.toString())
                    .next("Ask for the cancel again: that is always safe.")
                    .refused();
        }
    }

    static Problem unknownJob(JobId id) {
        return Code.UNKNOWN_JOB.says("there is no job " + id + ", or it ended so long ago that it is forgotten");
    }

    static Problem behind(String why) {
        return Code.NOT_READY.says("this process has not caught up with the log: " + why);
    }
}
