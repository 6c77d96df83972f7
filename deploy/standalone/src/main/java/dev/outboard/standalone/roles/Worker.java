package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.runtime.ConnectorEffects;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.ConnectorsUnusable;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker: its connectors, and one lane for each task type that they serve. */
final class Worker implements AutoCloseable {
    private static final String SETTING = "connectors\\.[^.]+\\..+";

    private final Connectors connectors;
    private final ConnectorEffects effects;
    private final List<LaneRunner> lanes;

    /** All lanes' live jobs together may take so much of the heap. */
    private static final int LIVE_SHARE = 4;

    private Worker(Connectors connectors, LogConfig config, @Nullable Integer maxLive, MeterRegistry registry) {
        this.connectors = connectors;
        effects = new ConnectorEffects(connectors, registry);
        var types = connectors.types();
        long most = maxLive != null
                ? maxLive
                : LaneRunner.maxLive(Runtime.getRuntime().maxMemory() / LIVE_SHARE / types.size());
        lanes = types.stream().map(type -> LaneRunner.start(type, config, effects, most, registry)).toList();
    }

    /**
     * Opens the connectors and starts the lanes; returns at once, also while Kafka is away.
     *
     * @param wanted task types, empty for all
     * @param maxLive jobs of a task type that may live here before no more are taken, or null for what the heap holds
     */
    static Worker start(LogConfig config, Set<String> wanted, Map<String, String> settings, Path data,
            @Nullable Path secrets, Duration window, @Nullable Integer maxLive, MeterRegistry registry) {
        if (maxLive != null && maxLive < 1) {
            throw new Failure(ExitCode.USAGE, "--max-live must be 1 or more, not " + maxLive,
                    "mend that option; --help shows them all");
        }
        for (var name : settings.keySet()) {
            if (!name.matches(SETTING)) {
                throw new Failure(ExitCode.USAGE, "--set " + name + " names no connector's setting",
                        "write it as --set connectors.NAME.SETTING=VALUE, such as connectors.duckdb.threads=2");
            }
        }
        var id = "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var setup = new WorkerSetup(id, settings, data, Secrets.ofProcess(secrets), Clock.systemUTC(), window);
        try {
            return new Worker(Connectors.open(Connectors.onClassPath(), wanted, setup), config, maxLive, registry);
        } catch (ConnectorsUnusable e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "mend --task-types or the connector's --set, then start the worker again");
        }
    }

    /** True once every lane turns. */
    boolean ready() {
        return lanes.stream().allMatch(lane -> lane.status() == LaneRunner.Status.RUNNING);
    }

    /** True once no lane will ever turn again: a person must look. */
    boolean stopped() {
        return lanes.stream().allMatch(lane -> lane.status() == LaneRunner.Status.STOPPED);
    }

    List<String> taskTypeNames() {
        return lanes.stream().map(LaneRunner::taskType).toList();
    }

    String taskTypes() {
        return String.join(", ", taskTypeNames());
    }

    /** Why it is not ready, a sentence per lane. */
    String why() {
        return lanes.stream()
                .filter(lane -> !lane.why().isEmpty())
                .map(lane -> lane.taskType() + ": " + lane.why())
                .collect(Collectors.joining("; "));
    }

    /** Hands its partitions over, then ends what its connectors run. */
    @Override
    public void close() {
        var leaving = lanes.stream().map(lane -> Thread.ofVirtual().start(lane::close)).toList();
        try {
            for (var thread : leaving) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        effects.close();
        connectors.close();
    }
}
