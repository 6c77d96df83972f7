package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.OpenView;
import java.util.ArrayList;
import java.util.List;

/** An API's process: production views, fed by two tails that read at a pace of their own, from its start on. */
final class Replica {
    /** Below the compaction lag of {@link Partition}. */
    private static final long FRESH = 3 * World.SECOND;

    /** One partition as this replica has read it. */
    private static final class Followed {
        final OpenView view;
        long stateAt;
        /** Not followed before the state has been read. */
        long commandAt = -1;
        long stateEnd;
        long commandEnd;
        /** Where the state log ended when it was last asked for, and when that was. */
        long wholeTo;
        long wholeAt = Long.MIN_VALUE;

        private Followed(int partition) {
            view = new OpenView(partition);
        }
    }

    final String name;
    private final Cluster cluster;
    private final World world;
    private final List<Followed> followed = new ArrayList<>();
    private boolean started;
    private boolean poked;
    private boolean dead;
    private long frozenUntil;

    Replica(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        world = cluster.world;
        cluster.partitions.forEach(p -> followed.add(new Followed(p.number)));
        world.at(world.moment(), this::start);
    }

    /** Where both logs end, then the state, then the commands from the watermark that the state ended with. */
    private void start() {
        for (int p = 0; p < followed.size(); p++) {
            var one = followed.get(p);
            one.stateEnd = cluster.partition(p).state.size();
            one.commandEnd = cluster.partition(p).commands.size();
        }
        started = true;
        poke();
    }

    boolean dead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /** Nothing of this process runs for so long. */
    void freeze(long time) {
        frozenUntil = world.now() + time;
    }

    /** How long it will stay frozen, 0 if it is not. */
    long frozen() {
        return Math.max(0, frozenUntil - world.now());
    }

    boolean ready() {
        return started && followed.stream().allMatch(one -> one.commandAt >= one.commandEnd);
    }

    OpenView.Shown get(JobId id) {
        return view(id).get(id);
    }

    OpenView view(JobId id) {
        return followed.get(partition(id)).view;
    }

    long stateAt(JobId id) {
        return followed.get(partition(id)).stateAt;
    }

    long commandAt(JobId id) {
        return followed.get(partition(id)).commandAt;
    }

    /** As {@code Wholeness} has it: a state log whose end was looked up lately, and read that far, has no holes. */
    boolean whole(JobId id) {
        var one = followed.get(partition(id));
        if (one.wholeAt == Long.MIN_VALUE || world.now() - one.wholeAt > FRESH) {
            one.wholeAt = world.now();
            one.wholeTo = cluster.partition(partition(id)).stable;
        }
        return one.stateAt >= one.wholeTo;
    }

    int partition(JobId id) {
        return id.partition(followed.size());
    }

    boolean caughtUp() {
        for (int p = 0; p < followed.size(); p++) {
            var one = followed.get(p);
            if (one.stateAt < cluster.partition(p).stable || one.commandAt < cluster.partition(p).commands.size()) {
                return false;
            }
        }
        return true;
    }

    /** There may be something to read. */
    void poke() {
        if (!poked && started && !dead) {
            poked = true;
            world.at(world.oneIn(50) ? world.upTo(1500 * World.MILLI) : world.upTo(20 * World.MILLI), this::read);
        }
    }

    private void read() {
        if (frozen() > 0) {
            world.at(frozen(), this::read);
            return;
        }
        poked = false;
        if (dead) {
            return;
        }
        for (int p = 0; p < followed.size(); p++) {
            // each log is read by a tail of its own
            if (world.random.nextBoolean()) {
                states(cluster.partition(p), followed.get(p));
            }
            if (world.random.nextBoolean()) {
                commands(cluster.partition(p), followed.get(p));
            }
        }
        if (!caughtUp()) {
            poke();
        }
    }

    private void states(Partition of, Followed one) {
        long to = Math.min(of.stable, one.stateAt + 1 + world.random.nextInt(30));
        of.read(one.stateAt, to).forEach(one.view::state);
        one.stateAt = to;
        if (one.commandAt < 0 && one.stateAt >= one.stateEnd) {
            one.commandAt = Math.max(0, one.view.taken());
        }
    }

    private void commands(Partition of, Followed one) {
        if (one.commandAt >= 0) {
            long to = Math.min(of.commands.size(), one.commandAt + 1 + world.random.nextInt(6));
            if (to > one.commandAt) {
                of.commands.subList((int) one.commandAt, (int) to).forEach(one.view::command);
                one.commandAt = to;
            }
        }
    }
}
