package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port's producer: begin, append and send positions in any order, ask for the commit, hear of it, or not. */
final class Commit {
    private static final long PATIENCE = 3 * World.SECOND;
    private static final int POSITIONS = -1;

    private final Cluster cluster;
    private final World world;
    private final Worker worker;
    private final SimPort port;
    private @Nullable Transaction last;

    Commit(Cluster cluster, Worker worker, SimPort port) {
        this.cluster = cluster;
        this.worker = worker;
        this.port = port;
        world = cluster.world;
    }

    List<Long> run(LogPort.Batch batch, int generation) {
        worker.step("begin");
        long since = world.now();
        while (last != null && !last.over()) {
            if (world.now() - since > PATIENCE) {
                throw new LogFailure("begin: the last transaction is not over yet");
            }
            worker.step("markers");
        }
        var transaction = cluster.begin(port);
        last = transaction;
        var sends = new LinkedHashMap<Integer, List<LogPort.Write>>();
        batch.writes().forEach(w -> sends.computeIfAbsent(w.partition(), p -> new ArrayList<>()).add(w));
        if (cluster.mutation == Mutation.EFFECT_BEFORE_COMMIT) {
            return early(transaction, batch, generation);
        }
        var offsets = new Long[batch.writes().size()];
        var steps = new ArrayList<>(sends.keySet());
        steps.add(POSITIONS);
        for (int step : shuffled(steps)) {
            worker.step(step == POSITIONS ? "positions" : "append");
            if (step == POSITIONS) {
                cluster.positions(transaction, generation, batch.positions());
            } else {
                var appended = cluster.append(transaction, sends.get(step)).iterator();
                for (int i = 0; i < offsets.length; i++) {
                    if (batch.writes().get(i).partition() == step) {
                        offsets[i] = appended.next();
                    }
                }
            }
        }
        worker.step("commit");
        if (worker.trouble().commit()) {
            unknown(transaction);
        }
        cluster.commit(transaction);
        worker.step("committed");
        return Arrays.asList(offsets);
    }

    /** The order in which what is sent arrives. */
    private List<Integer> shuffled(List<Integer> all) {
        for (int i = all.size(); i > 1; i--) {
            Collections.swap(all, i - 1, world.random.nextInt(i));
        }
        return all;
    }

    /** The answer does not come, whatever became of the question. */
    private void unknown(Transaction transaction) {
        switch (world.random.nextInt(3)) {
            case 0 -> world.say(() -> port + " asks for its commit in vain");
            case 1 -> {
                world.say(() -> port + "'s commit is on its way for a long time");
                world.at(world.upTo(12 * World.SECOND), () -> {
                    if (transaction.status == Transaction.Status.OPEN) {
                        cluster.commit(transaction);
                    }
                });
            }
            default -> {
                cluster.commit(transaction);
                world.say(() -> port + " does not hear of its commit");
            }
        }
        worker.sleep(world.upTo(PATIENCE), "unanswered");
        throw new LogFailure("commit: no answer");
    }

    /** The mutation: says it is done while everything is still to come, and whatever comes of that. */
    private List<Long> early(Transaction transaction, LogPort.Batch batch, int generation) {
        var offsets = cluster.append(transaction, batch.writes());
        worker.within(world.moment(), () -> {
            try {
                cluster.positions(transaction, generation, batch.positions());
                cluster.commit(transaction);
            } catch (LogFailure e) {
                cluster.abort(transaction);
            }
        });
        return offsets;
    }

    /** A producer that is closed aborts what is open, if that still reaches the broker. */
    void close() {
        if (last != null && world.random.nextBoolean()) {
            cluster.abort(last);
        }
    }
}
