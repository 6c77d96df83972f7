package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.runtime.ConnectorEffects;
import dev.outboard.runtime.Platform;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.Predicate;

/** One task type as this worker serves it: its lane, its sweeps, and what the two measure, which goes with them. */
final class Service implements AutoCloseable {
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final LogConfig config;
    private final ReconcileSchedule.Plan plan;
    private final ReconcileMeters swept;
    private final LaneRunner lane;
    private ReconcileSchedule reconciling;

    Service(ServedType type, Platform platform, LogConfig config, ConnectorEffects effects, long maxLive,
            ReconcileSchedule.Plan plan, MeterRegistry registry) {
        this.config = config;
        this.plan = plan;
        meters.add(registry);
        swept = new ReconcileMeters(type.taskType(), meters);
        lane = LaneRunner.start(type, config, effects, maxLive, meters);
        reconciling = sweep(type, platform);
    }

    private ReconcileSchedule sweep(ServedType type, Platform platform) {
        return ReconcileSchedule.start(plan, type, platform, config, lane::first, swept);
    }

    /** Another version of the connector serves the task type; what it was for the last sweeps is forgotten. */
    void describe(ServedType type, Platform platform) {
        synchronized (this) {
            reconciling.close();
            reconciling = sweep(type, platform);
        }
        lane.describe(type);
    }

    boolean any(Predicate<Job> such) {
        return lane.any(such);
    }

    LaneRunner.Status status() {
        return lane.status();
    }

    String taskType() {
        return lane.taskType();
    }

    String why() {
        return lane.why();
    }

    @Override
    public void close() {
        synchronized (this) {
            reconciling.close();
        }
        lane.close();
        meters.clear();
    }
}
