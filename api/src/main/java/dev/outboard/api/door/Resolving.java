package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Resolution;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Takes a person's word on a job, and tells why where it cannot be taken. */
final class Resolving {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    private final Jobs jobs;

    Resolving(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @throws dev.outboard.api.http.Refused 404, 409 or 503 unless it is in the log now */
    Reading.Found resolve(JobId id, ResolveBody said, String by) {
        try {
            return switch (jobs.resolve(id, said.attempt(), said.verdict(), by)) {
                case Resolution.Taken(var job) -> {
                    LOG.log(Level.INFO, "job " + id + ": resolved by " + by + ": " + said.verdict().text() + ", from "
                            + job.job().state() + ", at " + job.position());
                    yield job;
                }
                case Resolution.Unfit(var job) -> {
                    var why = unfit(job.job(), said);
                    LOG.log(Level.INFO, "job " + id + ": " + said.verdict().text() + ", says " + by + ", refused: "
                            + why.detail());
                    throw why.refused();
                }
                case Resolution.Unknown _ -> throw Asking.unknownJob(id).refused();
                case Resolution.Behind behind -> throw Asking.behind(behind.why()).refused();
            };
        } catch (LogUnavailable e) {
            LOG.log(Level.WARNING,
                    "job " + id + ": a resolve was refused: the log cannot be reached: " + e.getMessage());
            throw Code.LOG_UNAVAILABLE.says("Kafka cannot be reached; nothing was written").refused();
        } catch (OutcomeUnknown e) {
            LOG.log(Level.WARNING,
                    "job " + id + ": Kafka did not say in time whether it has the resolve: " + e.getMessage());
            var problem = Code.OUTCOME_UNKNOWN.says("Kafka did not say in time whether it has the resolve")
                    .with("job_id", id.toString());
            throw (said.attempt() != null
                    ? problem.next("Send the same again: with the attempt it can do nothing twice.")
                    : problem.notRetryable().next("Read the job, and say it again with its attempt if it still holds."))
                    .refused();
        }
    }

    private static Problem unfit(Job job, ResolveBody said) {
        var is = "job " + job.id() + " is " + job.state();
        if (job.state().terminal()) {
            return Code.CONFLICT.says(is + ": it has ended").next("Nothing is left to be resolved.");
        }
        if (said.attempt() != null && said.attempt() != job.attempt().number()) {
            return Code.CONFLICT.says(is + " in attempt " + job.attempt().number() + ", not " + said.attempt());
        }
        return job.state().mayExist()
                ? Code.CONFLICT.says(is + ", and it is known how to find it on its platform")
                        .next("Cancel it, or resolve it as failed to give it up.")
                : Code.CONFLICT.says(is + ": nothing of this attempt has been asked of the platform")
                        .next("Cancel it if it is not wanted any more.");
    }
}
