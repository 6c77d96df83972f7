package dev.outboard.standalone.roles;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** What the sweeps of one task type have left, in this worker. */
final class ReconcileMeters {
    private volatile long orphans;
    private volatile long missing;
    private volatile Instant lastRun = Instant.EPOCH;

    ReconcileMeters(String taskType, MeterRegistry registry) {
        Gauge.builder("outboard.reconcile.orphans", () -> orphans)
                .description("External jobs that no job answers for, as of this worker's last sweep")
                .tags("task_type", taskType)
                .register(registry);
        Gauge.builder("outboard.reconcile.missing", () -> missing)
                .description("Jobs whose external job the platform has lost, as of this worker's last sweep")
                .tags("task_type", taskType)
                .register(registry);
        Gauge.builder("outboard.reconcile.last.run", () -> lastRun.getEpochSecond())
                .description("When this worker swept last, since 1970; 0 for never")
                .baseUnit("seconds")
                .tags("task_type", taskType)
                .register(registry);
    }

    void ran(SweepReport report) {
        orphans = report.orphans();
        missing = report.missing();
        lastRun = Instant.now();
    }

    /** Another worker sweeps now, and tells. */
    void idle() {
        orphans = 0;
        missing = 0;
    }
}
