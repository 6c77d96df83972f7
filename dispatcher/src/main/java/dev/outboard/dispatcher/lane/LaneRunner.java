package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.log.KafkaLog;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.Registry;
import dev.outboard.dispatcher.log.Stopped;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs a task type's lane on a thread of its own for as long as the process lives: announces the type, joins, turns, and
 * after any failure begins again from the log. Only a {@link Stopped} lane stays down, for a person to look at.
 */
public final class LaneRunner implements AutoCloseable {
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration SERVED = Duration.ofMinutes(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int EXIT_HUNG = 3;
    private static final System.Logger LOG = System.getLogger(LaneRunner.class.getName());

    /** What a lane is at. */
    public enum Status {
        /** Waiting for Kafka, or joining. */
        STARTING,
        /** Turning. */
        RUNNING,
        /** Down until a person has looked. */
        STOPPED
    }

    private volatile ServedType type;
    private final LogConfig config;
    private final Effects effects;
    private final long maxLive;
    private final LaneMeters meters;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Status status = Status.STARTING;
    private volatile String why = "not started";
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private volatile boolean first;
    private final Census census = new Census();

    private LaneRunner(ServedType type, LogConfig config, Effects effects, long maxLive, MeterRegistry registry) {
        this.type = type;
        this.config = config;
        this.effects = effects;
        this.maxLive = maxLive;
        meters = new LaneMeters(type.taskType(), registry);
        for (var each : Status.values()) {
            Gauge.builder("outboard.lane.status", () -> status == each ? 1 : 0)
                    .description("1 for what the lane is at, 0 for what it is not")
                    .tags("task_type", type.taskType(), "status", each.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("outboard.lane.watchdog.margin", () -> watchdog.margin().toNanos() / 1e9)
                .description("Time that is left to the turn under way before the watchdog halts the process")
                .baseUnit("seconds")
                .tags("task_type", type.taskType())
                .register(registry);
        thread = Thread.ofPlatform().name("lane-" + type.taskType()).unstarted(this::run);
    }

    /**
     * Starts to serve a task type; returns at once.
     *
     * @param maxLive how many jobs may live here before no more commands are taken until some have ended; jobs with many
     *     labels count for more than one
     * @param registry takes the lane's meters, each tagged with the task type
     */
    public static LaneRunner start(ServedType type, LogConfig config, Effects effects, long maxLive,
            MeterRegistry registry) {
        var runner = new LaneRunner(type, config, effects, maxLive, registry);
        runner.thread.start();
        Thread.ofPlatform().name("watchdog-" + type.taskType()).daemon().start(runner::watch);
        return runner;
    }

    /** How many jobs so much memory holds, in bytes; at least one. */
    public static long maxLive(long memory) {
        return Load.rows(memory);
    }

    public String taskType() {
        return type.taskType();
    }

    public Status status() {
        return status;
    }

    /** Why the lane is not {@link Status#RUNNING}, for people; empty if it is. */
    public String why() {
        return why;
    }

    /** True if this process is the one to do what one worker of a task type does for all: it has the first partition. */
    public boolean first() {
        return first;
    }

    /**
     * Serves the same task type by another version of its connector from now on, and says so in the registry. Blocks until
     * that is written.
     *
     * @throws LogFailure if it could not be written: to be repeated
     * @throws Stopped if the topics are no longer those of the task type
     * @throws IllegalArgumentException if what the running lane relies on would change: it must be closed, and another started
     */
    public void describe(ServedType next) {
        if (!type.runsAs(next)) {
            throw new IllegalArgumentException("lane " + type + " does not run as " + next);
        }
        type = next;
        announce();
    }

    /** Whether a job that lives here is such, as of the lane's next turn; true also while that cannot be said. Blocks. */
    public boolean any(Predicate<Job> such) {
        return status != Status.STOPPED && census.any(such);
    }

    private void run() {
        var pause = MIN_PAUSE;
        while (closing.getCount() > 0) {
            long began = System.nanoTime();
            try {
                serve();
            } catch (Stopped e) {
                status = Status.STOPPED;
                meters.holds(0, 0, 0);
                meters.paused(false);
                why = String.valueOf(e.getMessage());
                LOG.log(System.Logger.Level.ERROR, "lane {0} is stopped: {1}", type.taskType(), e.getMessage());
                return;
            } catch (LogFailure e) {
                pause = pause(pause, began);
                retry(pause, String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "lane " + type.taskType() + " failed, beginning again from the log",
                        e);
                pause = pause(pause, began);
                retry(pause, "internal error: " + e.getClass().getSimpleName());
            }
        }
        why = "closed";
    }

    /** Doubles from failure to failure, and begins anew where the lane has served for a while. */
    private static Duration pause(Duration last, long began) {
        if (System.nanoTime() - began > SERVED.toNanos()) {
            return MIN_PAUSE;
        }
        var doubled = last.multipliedBy(2);
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }

    private void serve() {
        why = "waiting for Kafka at " + config.bootstrap();
        var announced = announce();
        try (var log = KafkaLog.open(config, type.taskType())) {
            var lane = new Lane(type, announced.installation(), log, effects, InstantSource.system(),
                    ThreadLocalRandom.current(), maxLive, meters);
            status = Status.RUNNING;
            why = "";
            LOG.log(System.Logger.Level.INFO, "lane {0} runs", type.taskType());
            try {
                while (closing.getCount() > 0) {
                    watchdog.turns();
                    lane.turn();
                    first = lane.first();
                    census.answer(lane);
                }
            } finally {
                // before the log is closed: that takes seconds while Kafka is away, and must not count as a hung turn
                watchdog.rests();
                first = false;
                lane.end();
            }
        }
    }

    private Registry.Announced announce() {
        while (true) {
            var said = type;
            var announced = new Registry(config).announce(said.taskType(), said.versions(), said.connector(),
                    said.connectorVersion(), said.policy().guarantee());
            // another version may have come meanwhile, and been written before
            if (said.equals(type)) {
                return announced;
            }
        }
    }

    private void retry(Duration pause, String reason) {
        if (closing.getCount() == 0) {
            return;
        }
        status = Status.STARTING;
        meters.failed();
        why = reason;
        LOG.log(System.Logger.Level.WARNING, "lane {0} begins again in {1} ms: {2}", type.taskType(), pause.toMillis(),
                reason);
        try {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private void watch() {
        try {
            while (!closing.await(Watchdog.EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (watchdog.hangs()) {
                    LOG.log(System.Logger.Level.ERROR, "lane {0} has not turned for {1} s: halting the process",
                            type.taskType(), Watchdog.HUNG.toSeconds());
                    Runtime.getRuntime().halt(EXIT_HUNG);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finishes the turn under way and leaves the group, so that another worker takes over at once. Waits up to 5 s. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
