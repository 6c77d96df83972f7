package dev.outboard.api.door;

import dev.outboard.api.decode.CreateDecoder;
import dev.outboard.api.decode.Decoded;
import dev.outboard.api.decode.Undecodable;
import dev.outboard.api.decode.Unknown;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The way in, as both doors share it: bytes to a create call, a create call to a job, and what can go wrong. */
final class Intake {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    private final Body body;
    private final Jobs jobs;

    Intake(Body body, Jobs jobs) {
        this.body = body;
        this.jobs = jobs;
    }

    /** What a door answers with. */
    record Taken(Reading.Found job, boolean replayed) {}

    /** @throws dev.outboard.api.http.Refused for a body that is no create call */
    Decoded decode(ServerRequest req, Unknown unknown) {
        try {
            return CreateDecoder.decode(body.read(req), unknown);
        } catch (Undecodable e) {
            throw Problem.of(e).refused();
        }
    }

    /** @throws dev.outboard.api.http.Refused unless the job is taken */
    Taken create(NewJob job) {
        try {
            return switch (jobs.create(job)) {
                case Creation.Accepted accepted -> taken(accepted.job(), false);
                case Creation.Replayed replayed -> taken(replayed.job(), true);
                case Creation.Conflict conflict -> throw Code.IDEMPOTENCY_CONFLICT
                        .says("the key belongs to job " + conflict.id() + ", which was created by another body")
                        .with("job_id", conflict.id().toString())
                        .refused();
                case Creation.Refused refused -> throw Code.TOO_MANY_UNTAKEN.says(refused.why()).refused();
            };
        } catch (LogUnavailable e) {
            LOG.log(Level.WARNING, "a create of type " + job.taskType() + " was refused: the log cannot be reached: "
                    + e.getMessage());
            throw Code.LOG_UNAVAILABLE.says("Kafka cannot be reached; nothing was written").refused();
        } catch (OutcomeUnknown e) {
            LOG.log(Level.WARNING,
                    "job " + e.id() + ": Kafka did not say in time whether it has the create: " + e.getMessage());
            throw unknown(e, job.key() != null).refused();
        }
    }

    private static Taken taken(Reading.Found found, boolean replayed) {
        var accepted = found.job().accepted();
        // a line a job would cost more than the rest of its create; metrics count them, workers log their ends
        LOG.log(Level.DEBUG, () -> "job " + found.job().id()
                + (replayed ? ": create repeated, type " : ": accepted, type ") + accepted.taskType() + "/"
                + accepted.taskTypeVersion() + ", at " + found.position());
        return new Taken(found, replayed);
    }

    private static Problem unknown(OutcomeUnknown e, boolean keyed) {
        var problem = Code.OUTCOME_UNKNOWN.says("Kafka did not say in time whether it has the job")
                .with("job_id", e.id().toString());
        return keyed
                ? problem.next(
                        "Repeat the request, with the same Idempotency-Key if you sent one: that makes no second job.")
                : problem.notRetryable()
                        .next(
                                "Look job " + e.id()
                                        + " up by its id before sending it again; with an Idempotency-Key it "
                                        + "could be repeated safely.");
    }
}
