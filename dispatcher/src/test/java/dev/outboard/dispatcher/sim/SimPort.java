package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A worker's clients: what {@code KafkaLog} is to Kafka, step by step, so that anything may happen in between. */
final class SimPort implements LogPort {
    private final Cluster cluster;
    private final World world;
    private final Worker worker;
    private final String id;
    private final Map<Integer, Long> resumed = new TreeMap<>();
    private boolean paused;
    private final Map<Integer, Long> reading = new TreeMap<>();
    private final Membership membership;
    private final Commit commit;
    boolean fenced;

    SimPort(Cluster cluster, Worker worker, int number) {
        this.cluster = cluster;
        this.worker = worker;
        world = cluster.world;
        id = worker.name + "#" + number;
        commit = new Commit(cluster, worker, this);
        membership = new Membership(cluster.group, this);
    }

    @Override
    public void wake() {
        worker.wake();
    }

    @Override
    public String transactionalId() {
        return id;
    }

    @Override
    public int generation() {
        return membership.generation();
    }

    @Override
    public Polled poll(Duration wait) {
        long limit = wait.toNanos() / 1000;
        if (limit == 0 || news()) {
            worker.step("poll");
        } else {
            // a slow machine: still within what a lane must stand
            worker.sleep(limit + world.upTo(limit < 10 * World.MILLI ? 30 * World.MILLI : 400 * World.MILLI), "poll");
        }
        var lost = new TreeSet<Integer>();
        var gained = new TreeSet<Integer>();
        // what a heartbeat has not told yet is not known
        if (!world.oneIn(4)) {
            membership.heard(lost, gained);
            resumed.keySet().removeAll(lost);
        }
        var polled = new Polled(cluster.mutation == Mutation.KEEP_ROWS ? Set.of() : lost, gained, fetch());
        if (!lost.isEmpty() || !gained.isEmpty()) {
            world.say(() -> this + " learns that it lost " + lost + " and gained " + gained + ", generation "
                    + generation());
        }
        return polled;
    }

    @Override
    public void pause(boolean commands) {
        paused = commands;
    }

    private boolean news() {
        return !paused && resumed.entrySet()
                .stream()
                .anyMatch(e -> e.getValue() < cluster.partition(e.getKey()).commands.size());
    }

    private List<Command> fetch() {
        var read = new ArrayList<Command>();
        if (paused) {
            return read;
        }
        resumed.replaceAll((p, from) -> {
            var log = cluster.partition(p).commands;
            int to = (int) Math.min(log.size(), from + 1 + world.random.nextInt(6));
            log.subList((int) Math.min(from, to), to).stream().map(this::handed).forEach(read::add);
            return (long) to;
        });
        return read;
    }

    /** As it is in the log; under the mutation a cancel is of an incarnation that never was. */
    private Command handed(Command command) {
        if (cluster.mutation != Mutation.FORGET_CANCEL
                || !(Checker.command(command) instanceof Input.CancelAsked asked)) {
            return command;
        }
        return new Command(command.partition(), command.offset(), command.appendedAt(), command.key(),
                Commands.cancel(asked.incarnation() + 1_000_000, asked.by(), asked.reason()));
    }

    @Override
    public CompletableFuture<OptionalLong> committed(int partition) {
        return later(() -> {
            var of = cluster.partition(partition);
            if (of.pending > 0) {
                throw new LogFailure("an open transaction holds the position");
            }
            return of.committed == null ? OptionalLong.empty() : OptionalLong.of(of.committed);
        });
    }

    @Override
    public CompletableFuture<Long> bound(int partition, Bound bound) {
        return later(() -> {
            var of = cluster.partition(partition);
            return switch (bound) {
                case COMMANDS_START, STATE_START -> 0L;
                case COMMANDS_END -> (long) of.commands.size();
                case STATE_END -> (long) (cluster.mutation == Mutation.RESTORE_TO_STABLE
                        ? of.stable
                        : of.state.size());
            };
        });
    }

    /** An answer of the broker's: true at some moment between the question and its arrival. */
    private <T> CompletableFuture<T> later(Supplier<T> answer) {
        var future = new CompletableFuture<T>();
        world.at(world.moment(), () -> {
            try {
                var value = answer.get();
                worker.within(world.moment(), () -> future.complete(value));
            } catch (LogFailure e) {
                worker.within(world.moment(), () -> future.completeExceptionally(e));
            }
        });
        return future;
    }

    @Override
    public void startReading(int partition, long from) {
        reading.put(partition, from);
    }

    @Override
    public StatesRead readStates(Duration wait) {
        worker.step("restore");
        var states = new ArrayList<State>();
        var positions = new HashMap<Integer, Long>();
        reading.replaceAll((p, from) -> {
            var of = cluster.partition(p);
            long to = Math.min(of.stable, from + 1 + world.random.nextInt(40));
            states.addAll(of.read(from, to));
            positions.put(p, to);
            return to;
        });
        return new StatesRead(states, positions);
    }

    @Override
    public void stopReading(int partition) {
        reading.remove(partition);
    }

    @Override
    public void endOpenTransaction(int partition) {
        worker.within(world.moment(), () -> cluster.fence(partition, this));
    }

    @Override
    public void resume(int partition, long position) {
        resumed.put(partition, position);
        world.say(() -> this + " has restored " + partition + ", goes on at " + position);
    }

    @Override
    public List<Long> commit(Batch batch) {
        return commit.run(batch, generation());
    }

    @Override
    public Bytes spec(int partition, long offset, JobId job, long incarnation) {
        var entry = cluster.partition(partition).state.get((int) offset);
        try {
            if (entry.compacted || entry.value == null || worker.trouble().question()) {
                throw new LogFailure("the spec is not where it was, or Kafka is away");
            }
            var spec = SpecRecords.read(entry.value);
            if (spec.incarnation() != incarnation) {
                throw new LogFailure("the spec is of another incarnation");
            }
            return spec.spec();
        } catch (Undecodable e) {
            throw new AssertionError(e);
        }
    }

    /** For the count of states. */
    long hash() {
        return membership.hash() * 31L + resumed.keySet().hashCode() * 7L + reading.size() + (fenced ? 99 : 0);
    }

    @Override
    public void close() {
        commit.close();
        if (world.oneIn(4)) {
            world.at(LogPort.SESSION.toNanos() / 1000, () -> cluster.group.remove(this, "is gone, its session ends"));
        } else {
            cluster.group.remove(this, "leaves");
        }
    }

    /** The process is dead: nobody says goodbye. */
    void abandon() {
        world.at(LogPort.SESSION.toNanos() / 1000, () -> cluster.group.remove(this, "is dead, its session ends"));
    }

    @Override
    public String toString() {
        return id;
    }
}
