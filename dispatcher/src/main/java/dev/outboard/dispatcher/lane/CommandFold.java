package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.lane.Tally.Taken;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.DeadLetter;
import dev.outboard.dispatcher.wire.NewerWriter;
import dev.outboard.dispatcher.wire.Poison;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Folds one command into a shard. Whatever it is, the shard goes on: poison becomes a failed job or a dead letter. */
final class CommandFold {
    private static final System.Logger LOG = System.getLogger(CommandFold.class.getName());
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    /**
     * A row that came of a command, or was changed by it.
     *
     * @param was the record before; of a job that begins, its first
     */
    record Folded(Row row, Input cause, Job was) {}

    private final String taskType;
    private final Lifecycle lifecycle;

    CommandFold(String taskType, Lifecycle lifecycle) {
        this.taskType = taskType;
        this.lifecycle = lifecycle;
    }

    /** What came of it, or null if nothing did. */
    @Nullable
    Folded fold(Turn turn, Shard shard, LogPort.Command command, Instant now) {
        try {
            var read = Commands.read(command.key(), command.value(), command.offset(), command.appendedAt());
            return switch (read.command()) {
                case Input.Create create -> create(turn, shard, create, read.spec());
                case Input.CancelAsked cancel -> cancel(turn, shard, cancel, now);
                case Input.Resolved resolved -> resolve(turn, shard, resolved, now);
            };
        } catch (Undecodable e) {
            return poison(turn, shard, command, "Undecodable", String.valueOf(e.getMessage()), now);
        } catch (NewerWriter e) {
            throw new Stopped("command " + command.offset() + " of partition " + command.partition() + ": "
                    + e.getMessage());
        } catch (Unfoldable e) {
            LOG.log(System.Logger.Level.ERROR, "a bug in the rules of a job's life", e);
            return poison(turn, shard, command, "Unfoldable", String.valueOf(e.getMessage()), now);
        }
    }

    /** The rules themselves have no answer to a command: a bug, and no reason for the partition to stand still. */
    private static final class Unfoldable extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Not the cause's own words: they may be about what is in the command. */
        Unfoldable(RuntimeException cause) {
            super("its fold threw " + cause.getClass().getName(), cause);
        }
    }

    /** What the rules make of it. They change nothing, so whatever they throw has left nothing half done. */
    private static Job pure(Supplier<Job> rules) {
        try {
            return rules.get();
        } catch (RuntimeException e) {
            throw new Unfoldable(e);
        }
    }

    private @Nullable Folded create(Turn turn, Shard shard, Input.Create create, @Nullable Bytes spec) {
        var id = create.id();
        if (shard.rows.containsKey(id) || !begins(shard, create)) {
            LOG.log(System.Logger.Level.DEBUG, "job {0}: create repeated at {1}, dropped", id, create.offset());
            turn.count(Taken.REPEATED);
            return null;
        }
        var begun = begin(turn, shard, create, spec);
        turn.count(Taken.CREATED);
        return begun;
    }

    private Folded begin(Turn turn, Shard shard, Input.Create create, @Nullable Bytes spec) {
        var id = create.id();
        var row = new Row(shard, pure(() -> lifecycle.begin(create)), Row.NO_OFFSET);
        shard.finished.remove(id);
        shard.rows.put(id, row);
        if (!row.job.state().terminal()) {
            row.spec = spec == null ? NOTHING : spec;
            turn.writeSpec(row, row.spec);
        }
        turn.write(shard, row.job);
        return new Folded(row, create, row.job);
    }

    /**
     * True if no ended job of this id is still remembered at this time, or of a replay, if what it replaces is: readers
     * decide by the same rule.
     */
    private static boolean begins(Shard shard, Input.Create create) {
        long expires = shard.finished.expiresAt(create.id());
        boolean expired = expires == Long.MIN_VALUE || Lifecycle.startsIncarnation(
                Instant.EPOCH.plus(expires, ChronoUnit.MICROS), create.accepted().at());
        var replaces = create.replaces();
        // what has expired may be forgotten here at any moment, and is not to be replaced
        return replaces == null ? expired : !expired && shard.finished.replaceable(create.id(), replaces);
    }

    private @Nullable Folded cancel(Turn turn, Shard shard, Input.CancelAsked cancel, Instant now) {
        var row = shard.rows.get(cancel.id());
        if (row == null || row.job.incarnation() != cancel.incarnation()) {
            LOG.log(System.Logger.Level.DEBUG, "job {0}: cancel of incarnation {1} finds nothing to cancel",
                    cancel.id(),
                    cancel.incarnation());
            turn.count(Taken.DROPPED);
            return null;
        }
        var was = row.job;
        row.job = pure(() -> lifecycle.fold(was, cancel, now));
        if (row.job == was) {
            turn.count(Taken.REPEATED);
            return null;
        }
        turn.count(Taken.CANCELLED);
        LOG.log(System.Logger.Level.INFO, "job {0}: cancel asked by {1}, {2}", cancel.id(), cancel.by(),
                row.job.state());
        turn.write(shard, row.job);
        return new Folded(row, cancel, was);
    }

    private @Nullable Folded resolve(Turn turn, Shard shard, Input.Resolved resolved, Instant now) {
        var row = shard.rows.get(resolved.id());
        var was = row == null ? null : row.job;
        var next = was == null ? null : pure(() -> lifecycle.fold(was, resolved, now));
        if (row == null || was == null || next == null || next == was) {
            LOG.log(System.Logger.Level.INFO, "job {0}: {1}, says {2} of attempt {3}: that does not fit any more",
                    resolved.id(), resolved.verdict().text(), resolved.by(), resolved.attempt());
            turn.count(Taken.DROPPED);
            return null;
        }
        row.job = next;
        turn.count(Taken.RESOLVED);
        LOG.log(System.Logger.Level.INFO, "job {0}: resolved by {1}: {2}, from {3} to {4}", resolved.id(),
                resolved.by(), resolved.verdict().text(), was.state(), next.state());
        turn.write(shard, next);
        return new Folded(row, resolved, was);
    }

    private @Nullable Folded poison(Turn turn, Shard shard, LogPort.Command command, String reason, String why,
            Instant now) {
        turn.count(Taken.DEAD_LETTER);
        var key = command.key();
        var place = DeadLetter.place(taskType, command.partition(), command.offset());
        // a key that is no id may be of any size; the letter must fit into a record with it
        turn.bury(shard, key == null || key.length > JobId.SIZE ? null : key,
                DeadLetter.write(taskType, command.partition(), command.offset(), now, why, command.value()));
        var refused = Poison.create(taskType, key, command.partition(), command.offset(), command.appendedAt(), why);
        LOG.log(System.Logger.Level.ERROR, "{0} is a dead letter: {1}{2}", place, why,
                refused == null ? "" : " (job " + refused.id() + ")");
        if (refused == null) {
            return null;
        }
        var row = shard.rows.get(refused.id());
        if (row != null) {
            tell(turn, row, reason, "a command could not be taken (" + why + "); see ./outboard deadletter show "
                    + place, now);
            return null;
        }
        return begins(shard, refused) ? begin(turn, shard, refused, null) : null;
    }

    /** What the job wants next stays as it was: its timer, its place in the line, its call. */
    private static void tell(Turn turn, Row row, String reason, String message, Instant now) {
        var was = row.job;
        row.job = Lifecycle.buried(was, reason, message, now);
        if (row.job != was) {
            turn.write(row.shard, row.job);
        }
    }
}
