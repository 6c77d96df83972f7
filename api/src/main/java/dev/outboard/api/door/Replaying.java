package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Refused;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Replay;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Has a dead letter's command taken again, and tells why where it cannot be taken. */
final class Replaying {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    private final Jobs jobs;

    Replaying(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @throws Refused 404, 409 or 503 unless it is in the log now */
    Reading.Found replay(String place, String by) {
        try {
            return switch (jobs.replay(place)) {
                case Replay.Taken(var job) -> {
                    LOG.log(Level.INFO, "dead letter " + place + " of job " + job.job().id() + ": replayed by " + by
                            + ", at " + job.position());
                    yield job;
                }
                case Replay.Unfit(var found) -> throw refused(place, by,
                        "job " + found.job().id() + " is " + found.job().state() + " in incarnation "
                                + found.job().incarnation() + ", which has no use for this command",
                        "Read the job: it began anew by a replay, has ended, or was there before.");
                case Replay.Unreadable(var why) -> throw refused(place, by,
                        "this version cannot take the command either: " + why,
                        "Upgrade Outboard and try again, or hand the job over again under another key.");
                case Replay.Unknown _ ->
                    throw LettersDoor.unknown("there is no such dead letter among the newest 1000, "
                            + "or its job is forgotten");
                case Replay.Behind behind -> throw Asking.behind(behind.why()).refused();
            };
        } catch (LogUnavailable e) {
            throw LettersDoor.away(e);
        } catch (OutcomeUnknown e) {
            LOG.log(Level.WARNING,
                    "job " + e.id() + ": Kafka did not say in time whether it has the replay: " + e.getMessage());
            throw Code.OUTCOME_UNKNOWN.says("Kafka did not say in time whether it has the replay")
                    .with("job_id", e.id().toString())
                    .next("Ask for the replay again: of several the first counts.")
                    .refused();
        }
    }

    private static Refused refused(String place, String by, String why, String next) {
        LOG.log(Level.INFO, "dead letter " + place + ": a replay by " + by + " was refused: " + why);
        return Code.CONFLICT.says(why).next(next).refused();
    }
}
