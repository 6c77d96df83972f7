package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka, as far as it matters: both logs, the transaction coordinator, the workers' group. */
final class Cluster {
    private static final long TIME_OUT = 10 * World.SECOND;

    final World world;
    final Mutation mutation;
    final List<Partition> partitions = new ArrayList<>();
    final Group group;
    final List<Transaction> underWay = new ArrayList<>();
    /** Who is to be told that a log has grown. */
    final List<Replica> readers = new ArrayList<>();

    Cluster(World world, int count, Mutation mutation) {
        this.world = world;
        this.mutation = mutation;
        for (int p = 0; p < count; p++) {
            partitions.add(new Partition(p));
        }
        group = new Group(world, count);
    }

    Partition partition(int p) {
        return partitions.get(p);
    }

    /** The broker takes a command: from now on it is in the log. */
    long command(int p, byte[] key, byte[] value) {
        long offset = partition(p).command(key, value, world.instant());
        world.say(() -> "command " + p + "." + offset + " is in the log");
        group.wakeOwner(p);
        readers.forEach(Replica::poke);
        return offset;
    }

    Transaction begin(SimPort producer) {
        if (producer.fenced) {
            throw new LogFailure("begin: the producer is fenced");
        }
        var begun = new Transaction(producer);
        underWay.add(begun);
        world.at(TIME_OUT + world.upTo(TIME_OUT), () -> {
            if (begun.status == Transaction.Status.OPEN) {
                world.say(() -> "coordinator times out the transaction of " + producer);
                producer.fenced = true;
                end(begun, Transaction.Status.ABORT);
            }
        });
        return begun;
    }

    List<Long> append(Transaction by, List<LogPort.Write> writes) {
        open(by);
        var offsets = new ArrayList<Long>();
        for (var write : writes) {
            by.touched.put(write.partition(), true);
            offsets.add(partition(write.partition()).append(write, by, world.now()));
        }
        return offsets;
    }

    void positions(Transaction by, int epoch, Map<Integer, Long> positions) {
        open(by);
        if (mutation != Mutation.NO_FENCE) {
            positions.keySet().forEach(p -> group.check(by.producer, epoch, p));
        }
        by.positions = positions;
        positions.keySet().forEach(p -> partition(p).pending++);
    }

    void commit(Transaction by) {
        open(by);
        world.say(() -> by.producer + " commits up to " + by.positions);
        end(by, Transaction.Status.COMMIT);
    }

    void abort(Transaction by) {
        if (by.status == Transaction.Status.OPEN) {
            world.say(() -> by.producer + " aborts");
            end(by, Transaction.Status.ABORT);
        }
    }

    /** R6: ends what others left open in a partition's state. */
    void fence(int partition, SimPort by) {
        List.copyOf(underWay)
                .stream()
                .filter(t -> t.status == Transaction.Status.OPEN && t.producer != by
                        && t.touched.containsKey(partition))
                .forEach(t -> {
                    world.say(() -> by + " fences " + t.producer);
                    t.producer.fenced = true;
                    end(t, Transaction.Status.ABORT);
                });
    }

    private static void open(Transaction by) {
        if (by.status != Transaction.Status.OPEN) {
            throw new LogFailure("the transaction is over, the producer fenced");
        }
    }

    /** The end is decided; each partition and the positions learn of it when their marker lands. */
    private void end(Transaction by, Transaction.Status status) {
        by.status = status;
        by.markersToCome = by.touched.size() + (by.positions.isEmpty() ? 0 : 1);
        by.touched.keySet().forEach(p -> world.at(marker(), () -> {
            partition(p).end(by, world.now());
            world.say(() -> status + " marker of " + by.producer + " lands in state " + p + ", stable to "
                    + partition(p).stable);
            readers.forEach(Replica::poke);
            landed(by);
        }));
        if (!by.positions.isEmpty()) {
            world.at(marker(), () -> {
                by.positions.forEach((p, position) -> {
                    partition(p).pending--;
                    if (status == Transaction.Status.COMMIT) {
                        partition(p).committed = position;
                    }
                });
                world.say(() -> status + " marker of " + by.producer + " lands in positions");
                landed(by);
            });
        }
        if (by.markersToCome == 0) {
            underWay.remove(by);
        }
    }

    private long marker() {
        return world.oneIn(20) ? world.upTo(3 * World.SECOND) : world.moment();
    }

    private void landed(Transaction by) {
        if (--by.markersToCome == 0) {
            underWay.remove(by);
        }
    }
}
