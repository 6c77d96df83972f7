package dev.outboard.standalone.roles;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.runtime.Platform;
import dev.outboard.runtime.sweep.Line;
import dev.outboard.runtime.sweep.Looked;
import dev.outboard.runtime.sweep.Repair;
import dev.outboard.runtime.sweep.SteadyClock;
import dev.outboard.runtime.sweep.Sweep;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps a task type of a worker every so often, while the worker has its first partition. A look is taken each time: what one
 * does not explain, and the next neither, is found. Two workers at it at once do no harm.
 */
final class ReconcileSchedule implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReconcileSchedule.class.getName());
    /** A worker that is replaced every hour sweeps all the same. */
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration READY = Duration.ofMinutes(5);
    private static final int MAX_LINES = 50;

    /**
     * @param every zero for never
     * @param fix whether what is found is put right
     * @param settling how long a contradiction must last, or null for as long as the connector's calls make it
     */
    record Plan(Duration every, boolean fix, @Nullable Duration settling) {
        static final Plan OFF = new Plan(Duration.ZERO, false, null);
    }

    private final Plan plan;
    private final LogConfig config;
    private final BooleanSupplier first;
    private final Platform platform;
    /** With what the last looks left unexplained. */
    private final Sweep sweep;
    private final ReconcileMeters meters;
    private final Thread thread;

    private ReconcileSchedule(Plan plan, ServedType type, Platform platform, LogConfig config, BooleanSupplier first,
            ReconcileMeters meters) {
        this.plan = plan;
        this.config = config;
        this.first = first;
        this.platform = platform;
        this.meters = meters;
        sweep = new Sweep(platform, plan.settling() == null ? platform.settling() : plan.settling(), new SteadyClock());
        // what dies with its worker is never left behind
        boolean sweeps = plan.every().isPositive() && !type.policy().diesWithWorker();
        thread = Thread.ofVirtual().name("reconcile " + type.taskType()).unstarted(sweeps ? this::run : () -> {
        });
    }

    /** @param first whether this worker is the one to do what one of a task type does for all */
    static ReconcileSchedule start(Plan plan, ServedType type, Platform platform, LogConfig config,
            BooleanSupplier first, ReconcileMeters meters) {
        var schedule = new ReconcileSchedule(plan, type, platform, config, first, meters);
        schedule.thread.start();
        return schedule;
    }

    private void run() {
        try {
            Thread.sleep(plan.every().compareTo(FIRST) < 0 ? plan.every() : FIRST);
            while (goOn()) {
                Thread.sleep(plan.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if there is no use in another run. */
    private boolean goOn() {
        var taskType = platform.taskType();
        if (!first.getAsBoolean()) {
            meters.idle();
            return true;
        }
        try (var log = new SweptLog(config, taskType)) {
            log.awaitReady(READY);
            return switch (sweep.look(log)) {
                case Looked.Seen seen -> {
                    tell(seen, log);
                    yield true;
                }
                case Looked.CannotList(var why) -> {
                    LOG.log(INFO, "{0} is not swept: {1} cannot list its jobs: {2}", taskType,
                            platform.connector(), why);
                    yield false;
                }
            };
        } catch (Platform.Unanswered | TimeoutException | LogFailure e) {
            LOG.log(WARNING, "sweep of {0} put off: {1}", taskType, e.getMessage());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            LOG.log(WARNING, "sweep of " + taskType + " failed, the next one follows in " + plan.every(), e);
            return true;
        }
    }

    private void tell(Looked.Seen seen, SweptLog log) throws InterruptedException {
        var lines = plan.fix() ? new Repair(platform, log).fix(seen) : Repair.untouched(seen);
        var report = new SweepReport(platform, seen, lines);
        meters.ran(report);
        lines.stream()
                .limit(MAX_LINES)
                .forEach(line -> LOG.log(level(line), "sweep of {0}: {1}",
                        platform.taskType(), SweepReport.sentence(line)));
        LOG.log(report.clean() ? INFO : WARNING, "sweep of {0}", report.counts());
    }

    private static System.Logger.Level level(Line line) {
        return line.fixed() ? INFO : WARNING;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            // the connector is closed next; one that does not let go of its call is left behind
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
