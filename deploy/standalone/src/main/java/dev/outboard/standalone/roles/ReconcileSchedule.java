package dev.outboard.standalone.roles;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.Platform;
import dev.outboard.runtime.sweep.Line;
import dev.outboard.runtime.sweep.Looked;
import dev.outboard.runtime.sweep.Repair;
import dev.outboard.runtime.sweep.SteadyClock;
import dev.outboard.runtime.sweep.Sweep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps the task types of a worker every so often, those whose first partition it has. A look is taken each time: what one
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

    /** A task type, with what the last looks at it left unexplained. */
    private record Swept(Platform platform, Sweep sweep, ReconcileMeters meters) {}

    private final Plan plan;
    private final LogConfig config;
    private final Predicate<String> first;
    private final Thread thread;

    private ReconcileSchedule(Plan plan, Connectors connectors, LogConfig config, Predicate<String> first,
            MeterRegistry registry) {
        this.plan = plan;
        this.config = config;
        this.first = first;
        var swept = new ArrayList<Swept>();
        for (var type : connectors.types()) {
            var meters = new ReconcileMeters(type.taskType(), registry);
            // what dies with its worker is never left behind
            if (!type.policy().diesWithWorker()) {
                var platform = connectors.platform(type.taskType());
                var settling = plan.settling() == null ? platform.settling() : plan.settling();
                swept.add(new Swept(platform, new Sweep(platform, settling, new SteadyClock()), meters));
            }
        }
        thread = Thread.ofVirtual().name("reconcile").unstarted(() -> run(swept));
    }

    /** @param first whether this worker is the one to do what one of a task type does for all */
    static ReconcileSchedule start(Plan plan, Connectors connectors, LogConfig config, Predicate<String> first,
            MeterRegistry registry) {
        var schedule = new ReconcileSchedule(plan, connectors, config, first, registry);
        schedule.thread.start();
        return schedule;
    }

    private void run(List<Swept> swept) {
        if (!plan.every().isPositive()) {
            return;
        }
        try {
            Thread.sleep(plan.every().compareTo(FIRST) < 0 ? plan.every() : FIRST);
            while (!swept.isEmpty()) {
                swept.removeIf(one -> !goOn(one));
                Thread.sleep(plan.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if there is no use in another run. */
    private boolean goOn(Swept one) {
        var taskType = one.platform().taskType();
        if (!first.test(taskType)) {
            one.meters().idle();
            return true;
        }
        try (var log = new SweptLog(config, taskType)) {
            log.awaitReady(READY);
            return switch (one.sweep().look(log)) {
                case Looked.Seen seen -> {
                    tell(one, seen, log);
                    yield true;
                }
                case Looked.CannotList(var why) -> {
                    LOG.log(INFO, "{0} is not swept: {1} cannot list its jobs: {2}", taskType,
                            one.platform().connector(), why);
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

    private void tell(Swept one, Looked.Seen seen, SweptLog log) throws InterruptedException {
        var lines = plan.fix() ? new Repair(one.platform(), log).fix(seen) : Repair.untouched(seen);
        var report = new SweepReport(one.platform(), seen, lines);
        one.meters().ran(report);
        lines.stream()
                .limit(MAX_LINES)
                .forEach(line -> LOG.log(level(line), "sweep of {0}: {1}",
                        one.platform().taskType(), SweepReport.sentence(line)));
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
