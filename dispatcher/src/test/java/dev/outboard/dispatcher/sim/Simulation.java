package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run: workers, replicas, a log and a platform in one thread, all of it from one seed. First trouble, then calm,
 * then what must hold.
 */
final class Simulation {
    static final int PARTITIONS = 2;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final long STUCK = 20 * World.MINUTE;
    private static final int ENDLESS = 2_000_000;

    /** How a run went. */
    record Result(List<String> wrongs, long workerSteps, long events, long digest) {}

    final World world;
    final Cluster cluster;
    final Trouble trouble;
    final Platform platform;
    final Story story = new Story();
    private final Policy policy;
    private final States states;
    private final Worker.Steps steps;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private int born;

    /**
     * @param crashAt the worker that takes this step dies, 0 for none
     */
    Simulation(long seed, Faults faults, Mutation mutation, long crashAt, States states, boolean tracing) {
        world = new World(seed, tracing);
        this.states = states;
        cluster = new Cluster(world, PARTITIONS, mutation);
        trouble = new Trouble(faults, world);
        platform = new Platform(world, trouble);
        // without a quarantine "not found" is believed at once
        var deadline = mutation == Mutation.NO_LOOK_UP
                ? Duration.ofSeconds(-60)
                : Duration.ofNanos(Calls.DEADLINE * 1000);
        policy = new Policy(faults.guarantee(), faults.guarantee() == Policy.Guarantee.NONE, deadline, WINDOW);
        steps = new Worker.Steps(crashAt);
        world.say(() -> "seed " + seed + ": " + faults);
        for (int i = 0; i < faults.workers(); i++) {
            begin(i);
        }
        for (int i = 0; i < 2; i++) {
            replicas.add(follow(i));
        }
        tick();
    }

    void client(Consumer<Client> script) {
        clients.add(new Client(this, "client" + clients.size(), script));
    }

    Result run() {
        long events = 0;
        long calmAt = -1;
        boolean again = trouble.faults.reborn() == 1;
        long look = 0;
        while (world.wrongs.isEmpty() && world.step() && events++ < ENDLESS) {
            states.visit(hash());
            if (world.now() < look || clients.stream().anyMatch(c -> !c.dead())) {
                continue;
            }
            look = world.now() + World.SECOND;
            if (calmAt < 0) {
                calm();
                calmAt = world.now();
            }
            platform.endAll(run -> Checker.cancelled(cluster, run.id, run.incarnation));
            if (over()) {
                new Checker(this).check();
                if (!again) {
                    break;
                }
                again = false;
                nextLife();
                calmAt = world.now();
            } else if (world.now() - calmAt > STUCK) {
                new Checker(this).stuck();
            }
        }
        if (events >= ENDLESS) {
            world.wrong("it does not come to an end");
        }
        return new Result(world.wrongs, steps.taken, events, world.digest());
    }

    private void calm() {
        world.say(() -> "calm from here on");
        trouble.end();
        platform.back();
    }

    /** Every job has ended and been forgotten; the same ids are created anew. */
    private void nextLife() {
        world.say(() -> "the window passes");
        world.jump(WINDOW.plusMinutes(5).toNanos() / 1000);
        story.acknowledged.clear();
        clients.clear();
        if (trouble.faults.compact() > 0) {
            for (int i = 0; i < 6; i++) {
                world.at(world.upTo(8 * World.MINUTE), this::compact);
            }
            world.at(world.upTo(4 * World.MINUTE), this::restartOne);
        }
        client(c -> {
            c.sleep(world.upTo(6 * World.MINUTE), "next life");
            Scripts.random().accept(c);
        });
    }

    private boolean over() {
        return cluster.underWay.isEmpty() && platform.flying == 0 && replicas.stream().allMatch(Replica::caughtUp)
                && cluster.partitions.stream()
                        .allMatch(p -> (p.commands.isEmpty()
                                || p.committed != null && p.committed == p.commands.size())
                                && p.latest.values()
                                        .stream()
                                        .allMatch(job -> job == null || job.state().terminal()));
    }

    private void begin(int number) {
        var name = "W" + number + "." + born++;
        Worker[] self = new Worker[1];
        self[0] = new Worker(cluster, name, trouble, platform, policy, steps, () -> {
            workers.remove(self[0]);
            world.at(world.upTo(4 * World.SECOND), () -> begin(number));
        });
        workers.add(self[0]);
    }

    private Replica follow(int number) {
        var replica = new Replica(cluster, "api" + number + "." + born++);
        cluster.readers.add(replica);
        return replica;
    }

    Replica anyReplica() {
        return replicas.get(world.random.nextInt(replicas.size()));
    }

    /** What goes wrong by itself, from time to time. */
    private void tick() {
        if (trouble.over()) {
            return;
        }
        var ports = cluster.group.ports();
        if (trouble.expel() && !ports.isEmpty()) {
            cluster.group.remove(ports.get(world.random.nextInt(ports.size())), "is expelled and does not know");
        }
        if (trouble.handOver()) {
            cluster.group.handOver(world.random.nextInt(PARTITIONS));
        }
        if (trouble.stop() && !workers.isEmpty()) {
            workers.get(world.random.nextInt(workers.size())).leave();
        }
        if (trouble.outage()) {
            platform.away(world.upTo(30 * World.SECOND));
        }
        if (trouble.compact()) {
            compact();
        }
        if (trouble.pauseApi()) {
            var replica = anyReplica();
            long time = world.upTo(20 * World.SECOND);
            world.say(() -> replica.name + " is paused for " + time / World.MILLI + " ms");
            replica.freeze(time);
        }
        if (trouble.api()) {
            restartOne();
        }
        world.at(world.upTo(200 * World.MILLI), this::tick);
    }

    private void compact() {
        var partition = cluster.partition(world.random.nextInt(PARTITIONS));
        partition.compact(world.random.nextInt(partition.stable + 1), world.now());
    }

    private void restartOne() {
        int dying = world.random.nextInt(replicas.size());
        world.say(() -> replicas.get(dying).name + " dies");
        replicas.get(dying).die();
        cluster.readers.remove(replicas.get(dying));
        replicas.set(dying, follow(dying));
    }

    /** True if a job's history has these two states, one after the other or with others between. */
    boolean cameThrough(State first, State then) {
        return cluster.partitions.stream().flatMap(p -> p.latest.values().stream()).anyMatch(job -> {
            var history = job.times().history().stream().map(Transition::state).toList();
            return history.contains(first) && history.lastIndexOf(then) > history.indexOf(first);
        });
    }

    JobId id(int number) {
        return Names.id(number % PARTITIONS, number);
    }

    /** Where everything stands, without time and without what only counts up. */
    private long hash() {
        long hash = trouble.faults.guarantee().ordinal();
        for (var p : cluster.partitions) {
            hash = States.mix(hash * 31 + Math.min(3, p.state.size() - p.stable) * 64 + Math.min(p.pending, 3) * 16
                    + Math.min(15, p.commands.size() - (p.committed == null ? 0 : p.committed)));
            for (var job : p.latest.values()) {
                hash = States.mix(hash + (job == null
                        ? 1
                        : job.state().ordinal() * 131 + job.attempt().number() * 17
                                + job.conditions().size() * 5 + (job.attempt().handle() == null ? 3 : 0)
                                + (job.cancel() == null ? 0 : 1009) + job.id().low() * 7919));
            }
        }
        for (var transaction : cluster.underWay) {
            hash = States.mix(hash + transaction.status.ordinal() * 7 + transaction.markersToCome);
        }
        for (var worker : workers) {
            hash = States.mix(hash * 7 + worker.hash());
        }
        for (var run : platform.runs()) {
            hash = States.mix(hash + run.fate.ordinal() * 3 + run.id.low() * 101 + run.attempt * 11);
        }
        return States.mix(hash + Math.min(platform.flying, 7));
    }
}
