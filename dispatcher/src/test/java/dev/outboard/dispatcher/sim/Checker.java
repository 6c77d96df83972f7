package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the log, the platform's ledger and what clients were told against each other, once all is calm. */
final class Checker {
    private record Life(JobId id, long incarnation) {}

    /** Of a worker's clock against the platform's. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    private final Simulation of;
    private final World world;
    private final Map<Life, Job> last = new HashMap<>();

    Checker(Simulation of) {
        this.of = of;
        world = of.world;
        of.cluster.partitions.forEach(this::read);
    }

    /** True if the log has a cancel of this job, whoever was told so. */
    static boolean cancelled(Cluster cluster, JobId id, long incarnation) {
        return cluster.partition(id.partition(Simulation.PARTITIONS)).commands.stream()
                .filter(c -> JobId.of(c.key()).equals(id))
                .anyMatch(c -> command(c) instanceof Input.CancelAsked asked && asked.incarnation() == incarnation);
    }

    /** The command, or null if it is none. */
    static Input.@Nullable Command command(LogPort.Command command) {
        try {
            return Commands.read(command.key(), command.value(), command.offset(), command.appendedAt()).command();
        } catch (Undecodable e) {
            return null;
        }
    }

    private void read(Partition partition) {
        var before = new HashMap<JobId, Job>();
        for (var entry : partition.state) {
            if (!entry.ofJob()) {
                continue;
            }
            var id = JobId.of(entry.key);
            var job = entry.job;
            var was = before.get(id);
            if (job == null) {
                if (was == null || !was.state().terminal()) {
                    world.wrong("a live job was forgotten: " + Names.of(id));
                }
                continue;
            }
            before.put(id, job);
            last.put(new Life(id, job.incarnation()), job);
            boolean same = was != null && was.incarnation() == job.incarnation();
            if (was != null && was.incarnation() > job.incarnation()) {
                world.wrong("an incarnation went back: " + Names.of(id));
            } else if (job.rev() != (same ? was.rev() + 1 : job.state().terminal() ? 2 : 1)) {
                world.wrong(
                        "rev of " + Names.of(id) + " goes from " + (same ? was.rev() : 0) + " to " + job.rev() + " at "
                                + job.state());
            } else if (same && was.state().terminal()) {
                world.wrong(Names.of(id) + " goes on after its end: " + job.state());
            }
        }
    }

    void check() {
        last.forEach((life, job) -> {
            if (!job.state().terminal()) {
                world.wrong(Names.of(life.id()) + "@" + life.incarnation() + " has not ended: " + job);
            }
        });
        of.story.everAcknowledged.forEach((id, incarnations) -> incarnations.forEach(incarnation -> {
            if (!last.containsKey(new Life(id, incarnation))) {
                world.wrong("an acknowledged create is lost: " + Names.of(id) + "@" + incarnation);
            }
        }));
        of.story.owed.forEach(owed -> {
            var job = last.get(new Life(owed.id(), owed.incarnation()));
            if (job == null || !job.state().terminal()) {
                world.wrong("a cancel was forgotten: " + owed);
            }
        });
        // a job that lives in a worker's process may outlive the lane that began it there: guarantee NONE, by policy
        if (of.trouble.faults.guarantee() != Guarantee.NONE) {
            effects();
        }
    }

    private void effects() {
        for (var run : of.platform.ledger()) {
            if (run.fate == Platform.Fate.RUNNING) {
                world.wrong("an orphan: " + run);
            }
            if (run.fate == Platform.Fate.SUCCEEDED || run.fate == Platform.Fate.FAILED) {
                outlived(run);
            }
        }
    }

    /** It ended by itself, after its job had: nobody was looking after it. */
    private void outlived(Platform.Run run) {
        var job = last.get(new Life(run.id, run.incarnation));
        var ended = job == null ? null : job.times().endedAt();
        if (ended != null && World.START.plusNanos(run.ends * 1000).isAfter(ended.plus(SKEW))) {
            world.wrong("an orphan for a while: " + run + ", its job ended " + job.state() + " at " + ended);
        }
    }

    /** It has been calm for long, and yet it is not over. */
    void stuck() {
        List<String> what = new ArrayList<>();
        last.forEach((life, job) -> {
            if (!job.state().terminal()) {
                what.add(Names.of(life.id()) + " " + job.state() + " " + job.conditions());
            }
        });
        of.cluster.partitions.forEach(p -> what.add("partition " + p.number + ": " + p.committed + " of "
                + p.commands.size() + " commands, state " + p.stable + " of " + p.state.size()));
        world.wrong("stuck: " + what + ", " + of.cluster.underWay.size() + " transactions, " + of.platform.flying
                + " requests");
    }
}
