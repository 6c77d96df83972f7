package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody who creates, reads and cancels, on any replica, and holds every answer against the {@link Story}. */
final class Client extends Task {
    private final Simulation simulation;
    private final Story story;
    private final Consumer<Client> script;
    private final Map<JobId, Story.Point> seen = new HashMap<>();
    private final Map<JobId, Position> positions = new HashMap<>();

    Client(Simulation simulation, String name, Consumer<Client> script) {
        super(simulation.world, name);
        this.simulation = simulation;
        this.script = script;
        story = simulation.story;
    }

    @Override
    void run() {
        script.accept(this);
        world.say(() -> name + " is done");
    }

    Simulation simulation() {
        return simulation;
    }

    private Door door() {
        return new Door(simulation.cluster, simulation.trouble, simulation.anyReplica(), this);
    }

    /** Until it is answered, where the key makes that safe; else once. */
    void create(JobId id, boolean keyed, int body, @Nullable Duration timeout) {
        for (int tries = 0; tries < (keyed ? 20 : 1); tries++) {
            try {
                var creation = door().create(id, keyed, Bytes.of(new byte[]{(byte) (1 + body)}), timeout);
                world.say(() -> name + " created " + Names.of(id) + ": " + creation.getClass().getSimpleName());
                switch (creation) {
                    case Creation.Accepted(var found) -> answered(found, null);
                    case Creation.Replayed(var found) -> answered(found, null);
                    case Creation.Conflict _,Creation.Refused _ -> {
                        return;
                    }
                }
                return;
            } catch (Door.Unanswered e) {
                world.say(() -> name + "'s create of " + Names.of(id) + ": " + e.getMessage());
                sleep(world.upTo(World.SECOND), "create again");
            }
        }
    }

    /** The job was in the answer to a create. */
    private void answered(Reading.Found found, Story.@Nullable Point floor) {
        story.acknowledged(found.job());
        shown(found, floor);
    }

    /** What a replica shows of the job now, or null if it cannot say or there is none. */
    @Nullable
    Job read(JobId id, boolean positioned) {
        var position = positioned ? positions.get(id) : null;
        boolean known = story.acknowledged.contains(id);
        // with a position of the state log nothing newer than that is promised
        boolean latest = position == null || position.log() == Position.Log.COMMANDS;
        var floor = latest ? story.shown(id) : seen.get(id);
        try {
            var reading = door().read(id, position);
            world.say(() -> name + " reads " + Names.of(id) + ": " + reading);
            return switch (reading) {
                case Reading.Found found -> {
                    shown(found, floor);
                    yield found.job();
                }
                case Reading.Unknown _ -> {
                    if (known) {
                        world.wrong("an acknowledged create is unknown: " + Names.of(id));
                    }
                    yield null;
                }
                case Reading.Behind _ -> null;
            };
        } catch (Door.Unanswered e) {
            return null;
        }
    }

    void replay(JobId id) {
        try {
            if (door().replay(id, Bytes.of(new byte[]{1}))) {
                world.say(() -> name + " replays " + Names.of(id));
            }
        } catch (Door.Unanswered | Undecodable e) {
            world.say(() -> name + "'s replay of " + Names.of(id) + ": " + e.getMessage());
        }
    }

    void cancel(JobId id) {
        try {
            var cancellation = door().cancel(id);
            world.say(() -> name + " cancels " + Names.of(id) + ": " + cancellation.getClass().getSimpleName());
            if (cancellation instanceof Cancellation.Owed(var found)) {
                story.owed.add(new Story.Owed(id, found.job().incarnation()));
                positions.put(id, found.position());
            }
        } catch (Door.Unanswered e) {
            world.say(() -> name + "'s cancel of " + Names.of(id) + ": " + e.getMessage());
        }
    }

    private void shown(Reading.Found found, Story.@Nullable Point floor) {
        if (found.conditions().stream().anyMatch(c -> c.type() == Condition.Type.AS_OF)) {
            return;
        }
        var job = found.job();
        var point = Story.Point.of(job);
        if (floor != null && point.compareTo(floor) < 0) {
            world.wrong(name + " was shown " + Names.of(job.id()) + " at " + point + " after " + floor);
        }
        seen.merge(job.id(), point, (a, b) -> a.compareTo(b) > 0 ? a : b);
        if (point.equals(seen.get(job.id()))) {
            positions.put(job.id(), found.position());
        }
        story.shown(job);
    }
}
