package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.OpenView;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Position.Log;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client at one replica: create, read and cancel in the steps of {@code KafkaJobs} and its {@code Reader}, which
 * themselves wait on threads and on Kafka's clients. What is read comes from the production view.
 */
final class Door {
    private static final long REACH = 2 * World.SECOND;
    private static final long DELIVERY = 10 * World.SECOND;
    private static final Duration LASTING = Duration.ofHours(1);

    /** No answer, or none that tells: the replica died, or the log did not confirm. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unanswered(String why) {
            super(why, null, false, false);
        }
    }

    private enum Passed {
        YES, NOT_REACHED, NOT_ASKED
    }

    private final Cluster cluster;
    private final World world;
    private final Trouble trouble;
    private final Replica replica;
    private final Task client;

    Door(Cluster cluster, Trouble trouble, Replica replica, Task client) {
        this.cluster = cluster;
        this.trouble = trouble;
        this.replica = replica;
        this.client = client;
        world = cluster.world;
    }

    private static Accepted accepted(Bytes fingerprint, @Nullable Duration timeout) {
        return new Accepted(Worker.TASK_TYPE, 0, new Tenant("", ""), "", Map.of(), fingerprint, 2, timeout,
                Instant.EPOCH);
    }

    /** Has what could not be taken taken again, as a version does that can read it; true if it is asked for now. */
    boolean replay(JobId id, Bytes fingerprint) throws Undecodable {
        if (!(read(id, null) instanceof Reading.Found found) || !Lifecycle.replaceable(found.job())) {
            return false;
        }
        var create = Commands.create(accepted(fingerprint, null), fingerprint, null);
        var value = Commands.replay(create, found.job().incarnation());
        write(id, value);
        if (world.oneIn(2)) {
            // somebody else asked at the same time, whose API was slower
            world.at(world.upTo(2 * World.SECOND), () -> cluster.command(replica.partition(id), id.bytes(), value));
        }
        return true;
    }

    /** @param keyed whether others may have created it before */
    Creation create(JobId id, boolean keyed, Bytes fingerprint, @Nullable Duration timeout) {
        var accepted = accepted(fingerprint, timeout);
        long offset = write(id, Commands.create(accepted, fingerprint, null));
        var at = cluster.partition(replica.partition(id)).commands.get((int) offset).appendedAt();
        var own = new OpenView.Shown(
                Lifecycle.queued(new Input.Create(id, accepted.acceptedAt(at), offset, null)), command(id, offset));
        return keyed ? decided(own) : new Creation.Accepted(found(own, false));
    }

    private Position command(JobId id, long offset) {
        return new Position(Log.COMMANDS, replica.partition(id), offset);
    }

    private Creation decided(OpenView.Shown own) {
        var id = own.job().id();
        long offset = own.job().incarnation();
        long deadline = world.now() + REACH;
        boolean read = await(() -> replica.commandAt(id) >= offset && replica.whole(id), deadline);
        var seen = replica.get(id);
        if (read && seen != null && expiresSoon(seen)) {
            read = await(() -> replica.view(id).taken() > offset, deadline);
            seen = replica.get(id);
        }
        if (!read) {
            throw new Unanswered("written, not read back in time");
        }
        if (seen == null || seen.job().incarnation() == offset) {
            return new Creation.Accepted(found(seen == null ? own : seen, false));
        }
        if (!seen.job().accepted().fingerprint().equals(own.job().accepted().fingerprint())) {
            return new Creation.Conflict(id);
        }
        return new Creation.Replayed(read(id, null) instanceof Reading.Found now ? now : found(seen, true));
    }

    Cancellation cancel(JobId id) {
        return switch (read(id, null)) {
            case Reading.Unknown _ -> new Cancellation.Unknown();
            case Reading.Behind behind -> new Cancellation.Behind(behind.why());
            case Reading.Found found when found.job().state().terminal() -> new Cancellation.Ended(found);
            case Reading.Found found -> {
                long offset = write(id, Commands.cancel(found.job().incarnation(), client.name, ""));
                yield new Cancellation.Owed(new Reading.Found(found.job(), command(id, offset), found.conditions()));
            }
        };
    }

    Reading read(JobId id, @Nullable Position at) {
        step("read");
        if (!replica.ready()) {
            return new Reading.Behind("catching up");
        }
        var first = replica.get(id);
        if (first != null && at != null && at.log() == Log.STATE) {
            if (!await(() -> replica.stateAt(id) > at.offset(), world.now() + REACH)) {
                return new Reading.Behind("position");
            }
            first = or(first, replica.get(id));
            if (OpenView.reaches(first.position(), at)) {
                return found(first, false);
            }
        }
        if (first != null && first.job().state().terminal() && !expiresSoon(first)
                && !Lifecycle.replaceable(first.job())) {
            return found(first, false);
        }
        if (first == null && cluster.mutation == Mutation.EARLY_404) {
            return new Reading.Unknown();
        }
        return switch (pass(id)) {
            case NOT_ASKED, NOT_REACHED -> first == null ? new Reading.Behind("not asked") : asOf(first, at);
            case YES -> {
                var now = replica.get(id);
                yield now == null ? new Reading.Unknown() : folded(now, at);
            }
        };
    }

    private Reading asOf(OpenView.Shown first, @Nullable Position at) {
        var id = first.job().id();
        var now = or(first, replica.get(id));
        if (at != null && at.log() == Log.COMMANDS && at.offset() > now.job().incarnation()
                && replica.view(id).taken() <= at.offset()) {
            return new Reading.Behind("position");
        }
        if (at != null && at.log() == Log.STATE && !OpenView.reaches(now.position(), at)) {
            return new Reading.Behind("position");
        }
        return found(now, true);
    }

    private Reading folded(OpenView.Shown now, @Nullable Position at) {
        if (at == null || at.log() == Log.STATE || at.offset() <= now.job().incarnation()
                || now.job().state().terminal()) {
            return found(now, false);
        }
        var id = now.job().id();
        return await(() -> replica.view(id).taken() > at.offset(), world.now() + REACH)
                ? found(or(now, replica.get(id)), false)
                : new Reading.Behind("position");
    }

    /** Waits until the replica has read what the logs hold now. */
    private Passed pass(JobId id) {
        long deadline = world.now() + REACH;
        step("ask");
        if (trouble.question()) {
            return Passed.NOT_ASKED;
        }
        var logs = cluster.partition(replica.partition(id));
        long commands = logs.commands.size();
        long states = logs.stable;
        step("asked");
        return await(() -> replica.commandAt(id) >= commands && replica.stateAt(id) >= states, deadline)
                ? Passed.YES
                : Passed.NOT_REACHED;
    }

    private long write(JobId id, byte[] value) {
        step("produce");
        int p = replica.partition(id);
        if (trouble.append()) {
            switch (world.random.nextInt(3)) {
                case 0 -> {
                }
                case 1 -> world.at(world.upTo(DELIVERY), () -> cluster.command(p, id.bytes(), value));
                default -> cluster.command(p, id.bytes(), value);
            }
            client.sleep(DELIVERY, "unconfirmed");
            throw new Unanswered("the log did not confirm");
        }
        long offset = cluster.command(p, id.bytes(), value);
        step("acknowledged");
        return offset;
    }

    private boolean await(BooleanSupplier reached, long deadline) {
        while (!reached.getAsBoolean()) {
            if (world.now() >= deadline) {
                return false;
            }
            client.sleep(1 + world.upTo(30 * World.MILLI), "await");
            alive();
        }
        return true;
    }

    private void step(String what) {
        client.step(what);
        alive();
    }

    private void alive() {
        while (!replica.dead() && replica.frozen() > 0) {
            client.sleep(replica.frozen(), "waits for a paused replica");
        }
        if (replica.dead()) {
            throw new Unanswered("the replica died");
        }
    }

    private static OpenView.Shown or(OpenView.Shown first, OpenView.@Nullable Shown later) {
        return later == null ? first : later;
    }

    private boolean expiresSoon(OpenView.Shown seen) {
        var expires = seen.job().times().expiresAt();
        return expires != null && expires.isBefore(world.instant().plus(LASTING));
    }

    private Reading.Found found(OpenView.Shown seen, boolean asOf) {
        var conditions = new ArrayList<>(seen.job().conditions());
        if (asOf) {
            conditions.add(new Condition(Condition.Type.AS_OF, "LogNotAsked", "", world.instant()));
        }
        return new Reading.Found(seen.job(), seen.position(), List.copyOf(conditions));
    }
}
