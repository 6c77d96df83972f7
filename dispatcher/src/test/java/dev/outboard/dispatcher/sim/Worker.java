package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.lane.Lane;
import dev.outboard.dispatcher.lane.LaneMeters;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.log.Stopped;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A worker's process: one production lane after another, until it dies. */
final class Worker extends Task {
    static final String TASK_TYPE = "sim";
    /** One for all: what it counts is of no matter here, and making it is slow. */
    private static final LaneMeters METERS = new LaneMeters(TASK_TYPE, new SimpleMeterRegistry());

    /** It tells of each dead letter, and here are thousands; held, because a logger that nobody holds forgets its level. */
    private static final Logger POISON = Logger.getLogger("dev.outboard.dispatcher.lane.CommandFold");

    static {
        POISON.setLevel(Level.OFF);
    }

    /** Counts the steps of all workers of a run, and kills the one that takes this step. */
    static final class Steps {
        final long crashAt;
        long taken;

        Steps(long crashAt) {
            this.crashAt = crashAt;
        }
    }

    private final Cluster cluster;
    private final Trouble trouble;
    private final Calls calls;
    private final ServedType type;
    /** One in two lanes takes commands only while it holds a few jobs. */
    private final long maxLive;
    private final Steps steps;
    private final Runnable died;
    /** Its clock is off by so much. */
    private final long skew;
    private @Nullable SimPort port;
    private boolean leaving;

    Worker(Cluster cluster, String name, Trouble trouble, Platform platform, Policy policy, Steps steps,
            Runnable died) {
        super(cluster.world, name);
        this.cluster = cluster;
        this.trouble = trouble;
        this.steps = steps;
        this.died = died;
        calls = new Calls(this, platform, cluster.mutation);
        type = new ServedType(TASK_TYPE, new TreeSet<>(List.of(0)), "sim", "1", policy,
                1 + world.random.nextInt(3));
        maxLive = world.random.nextBoolean() ? Long.MAX_VALUE : 2 + world.random.nextInt(3);
        skew = trouble.faults.freeze() == 0 ? 0 : world.upTo(1400 * World.MILLI) - 700 * World.MILLI;
    }

    Trouble trouble() {
        return trouble;
    }

    @Override
    void run() {
        for (int lanes = 0; !leaving; lanes++) {
            port = new SimPort(cluster, this, lanes);
            InstantSource clock = this::read;
            var lane = new Lane(type, "installation", port, calls, clock, world.random, maxLive, METERS);
            try {
                while (!leaving) {
                    lane.turn();
                }
                world.say(() -> name + " leaves");
                lane.end();
                cluster.group.remove(port, "leaves");
            } catch (LogFailure e) {
                world.say(() -> name + " begins again from the log: " + e.getMessage());
                lane.end();
                port.close();
                sleep(200 * World.MILLI + world.upTo(2 * World.SECOND), "again");
            } catch (Stopped e) {
                world.wrong("a lane stopped: " + e.getMessage());
                return;
            } catch (RuntimeException e) {
                world.wrong("a lane threw " + e + " at " + Arrays.asList(e.getStackTrace()).subList(0, 3));
                return;
            }
        }
        die();
        died.run();
    }

    /** A planned stop: the turn under way is finished first. */
    void leave() {
        leaving = true;
    }

    private Instant read() {
        if (world.current == this && world.oneIn(8)) {
            step("clock");
        }
        return world.instant().plusNanos(skew * 1000);
    }

    @Override
    void before() {
        steps.taken++;
        if (steps.taken == steps.crashAt || trouble.crash()) {
            crash();
        } else if (trouble.freeze()) {
            long time = world.upTo(15 * World.SECOND);
            long session = LogPort.SESSION.toNanos() / 1000;
            world.say(() -> name + " is paused for " + time / World.MILLI + " ms at " + phase);
            freeze(time);
            if (time > session && port != null) {
                var of = port;
                world.at(session, () -> cluster.group.remove(of, "is silent, its session ends"));
            }
        }
    }

    private void crash() {
        world.say(() -> name + " CRASHES at " + phase);
        die();
        if (port != null) {
            port.abandon();
        }
        died.run();
    }

    /** For the count of states. */
    long hash() {
        return phase.hashCode() * 31L + (port == null ? 0 : port.hash()) + (frozen() ? 17 : 0)
                + calls.underWay() * 1009L;
    }
}
