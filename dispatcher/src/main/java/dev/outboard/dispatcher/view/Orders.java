package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.Undecodable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What may be asked of a job that is there: its end, an end of doubt, a command that could not be taken once more. */
final class Orders {
    private final Function<JobId, Reading> reader;
    private final Types types;
    private final CommandWriter writer;

    /** @param reader reads a job as it is now */
    Orders(Function<JobId, Reading> reader, Types types, CommandWriter writer) {
        this.reader = reader;
        this.types = types;
        this.writer = writer;
    }

    Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown {
        return switch (reader.apply(id)) {
            case Reading.Unknown _ -> new Cancellation.Unknown();
            case Reading.Behind behind -> new Cancellation.Behind(behind.why());
            case Reading.Found found when found.job().state().terminal() -> new Cancellation.Ended(found);
            case Reading.Found found ->
                new Cancellation.Owed(written(found, Commands.cancel(found.job().incarnation(), by, reason)));
        };
    }

    Resolution resolve(JobId id, @Nullable Integer attempt, Verdict verdict, String by)
            throws LogUnavailable, OutcomeUnknown {
        return switch (reader.apply(id)) {
            case Reading.Unknown _ -> new Resolution.Unknown();
            case Reading.Behind behind -> new Resolution.Behind(behind.why());
            case Reading.Found found when !verdict.fits(found.job())
                    || attempt != null && attempt != found.job().attempt().number() ->
                new Resolution.Unfit(found);
            case Reading.Found found -> {
                var job = found.job();
                var said = verdict instanceof Verdict.Created(var handle)
                        ? new Verdict.Created(type(found).handle(handle.version(), handle.value()))
                        : verdict;
                yield new Resolution.Taken(
                        written(found, Commands.resolve(job.incarnation(), job.attempt().number(), said, by)));
            }
        };
    }

    Replay replay(Letter.Opened letter) throws LogUnavailable, OutcomeUnknown {
        var command = letter.command();
        if (command == null) {
            return new Replay.Unreadable(letter.unreadable());
        }
        var type = letter.letter().taskType();
        if (command instanceof Input.Create create && !create.accepted().taskType().equals(type)) {
            return new Replay.Unreadable("it is of the task type " + create.accepted().taskType() + ", not " + type);
        }
        return switch (reader.apply(command.id())) {
            case Reading.Unknown _ -> new Replay.Unknown();
            case Reading.Behind behind -> new Replay.Behind(behind.why());
            case Reading.Found found when !fits(command, found.job()) -> new Replay.Unfit(found);
            case Reading.Found found -> {
                try {
                    var value = letter.value().array();
                    yield new Replay.Taken(written(found,
                            command instanceof Input.Create create ? Commands.replay(value, create.offset()) : value));
                } catch (Undecodable e) {
                    yield new Replay.Unreadable(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static boolean fits(Input.Command command, Job job) {
        return switch (command) {
            case Input.Create create -> Lifecycle.replaceable(job) && job.incarnation() == create.offset();
            case Input.CancelAsked cancel -> !job.state().terminal() && job.incarnation() == cancel.incarnation();
            case Input.Resolved resolved -> resolved.verdict().fits(job)
                    && job.incarnation() == resolved.incarnation() && job.attempt().number() == resolved.attempt();
        };
    }

    /** The job with the position behind which this command of it has been folded. */
    private Reading.Found written(Reading.Found found, byte[] command) throws LogUnavailable, OutcomeUnknown {
        var id = found.job().id();
        var place = type(found).commands(id);
        var written = writer.write(place, id, command);
        return new Reading.Found(found.job(),
                new Position(Position.Log.COMMANDS, place.partition(), written.offset()), found.conditions());
    }

    private TypeView type(Reading.Found found) {
        return types.known(found.job().accepted().taskType());
    }
}
