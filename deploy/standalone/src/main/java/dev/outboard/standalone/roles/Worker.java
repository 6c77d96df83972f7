package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.runtime.ConnectorEffects;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.ConnectorsUnusable;
import dev.outboard.runtime.Plugins;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.Stores;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker: its connectors, and one lane for each task type that they serve. */
final class Worker implements AutoCloseable {
    private static final String SETTING = "(connectors|stores)\\.[^.]+\\..+";

    private final Plugins plugins;
    private final Stores stores;
    private final ConnectorEffects effects;
    private final Services services;

    private Worker(Plugins plugins, LogConfig config, ReconcileSchedule.Plan plan, @Nullable Integer maxLive,
            MeterRegistry registry) {
        this.plugins = plugins;
        stores = stores(plugins);
        effects = new ConnectorEffects(plugins.connectors(), stores, registry);
        services = new Services(plugins.connectors(), effects, config, plan, maxLive, registry);
        plugins.watch(effects, services, registry);
    }

    /**
     * Starts the lanes of open connectors and plug-ins, which are closed with it; returns at once, also while Kafka is away.
     *
     * @param maxLive jobs of a task type that may live here before no more are taken, or null for what the heap holds
     */
    static Worker start(LogConfig config, Plugins plugins, ReconcileSchedule.Plan plan, @Nullable Integer maxLive,
            MeterRegistry registry) {
        if (maxLive != null && maxLive < 1) {
            throw new Failure(ExitCode.USAGE, "--max-live must be 1 or more, not " + maxLive,
                    "mend that option; --help shows them all");
        }
        return new Worker(plugins, config, plan, maxLive, registry);
    }

    /**
     * Opens the connectors that the class path and plug-ins have.
     *
     * @param folders with a folder per plug-in
     * @param wanted task types, empty for all
     */
    static Plugins open(List<Path> folders, Set<String> wanted, Map<String, String> settings, Path data,
            @Nullable Path secrets, Duration window) {
        for (var name : settings.keySet()) {
            if (!name.matches(SETTING)) {
                throw new Failure(ExitCode.USAGE,
                        "--set " + name + " names no setting of a connector or an output store",
                        "write it as --set connectors.NAME.SETTING=VALUE, such as connectors.duckdb.threads=2, or "
                                + "--set stores.NAME.SETTING=VALUE");
            }
        }
        var id = "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var setup = new WorkerSetup(id, settings, data, Secrets.ofProcess(secrets), Clock.systemUTC(), window);
        try {
            return Plugins.open(folders, Connectors.onClassPath(), wanted, setup);
        } catch (ConnectorsUnusable e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "mend the task type or the connector's --set, then try again");
        }
    }

    private static Stores stores(Plugins plugins) {
        try {
            var found = Stream.concat(Stores.onClassPath().stream(), plugins.stores().stream()).toList();
            return Stores.open(found, plugins.connectors());
        } catch (ConnectorsUnusable e) {
            plugins.close();
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "mend the store's --set, then try again");
        }
    }

    /** True once every lane turns. */
    boolean ready() {
        return services.all().allMatch(service -> service.status() == LaneRunner.Status.RUNNING);
    }

    /** True once no lane will ever turn again: a person must look. */
    boolean stopped() {
        var statuses = services.all().map(Service::status).toList();
        // with none it waits for plug-ins
        return !statuses.isEmpty() && statuses.stream().allMatch(status -> status == LaneRunner.Status.STOPPED);
    }

    List<String> taskTypeNames() {
        return services.all().map(Service::taskType).toList();
    }

    String taskTypes() {
        return String.join(", ", taskTypeNames());
    }

    /** Why it is not ready, a sentence for all lanes that say the same. */
    String why() {
        var saying = services.all()
                .filter(service -> !service.why().isEmpty())
                .collect(Collectors.groupingBy(Service::why, LinkedHashMap::new,
                        Collectors.mapping(Service::taskType, Collectors.joining(", "))));
        return saying.entrySet()
                .stream()
                .map(each -> each.getValue() + ": " + each.getKey())
                .collect(Collectors.joining("; "));
    }

    /** Hands its partitions over, then ends what its connectors run. */
    @Override
    public void close() {
        plugins.stopWatching();
        services.close();
        effects.close();
        stores.close();
        plugins.close();
    }
}
