package dev.outboard.standalone.roles;

import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.runtime.ConnectorEffects;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.Lanes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The task types that a worker serves now, which plug-ins change. */
final class Services implements Lanes, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Services.class.getName());
    /** All lanes' live jobs together may take so much of the heap; with those that come later somewhat more. */
    private static final int LIVE_SHARE = 4;

    private final Map<String, Service> byType = new ConcurrentSkipListMap<>();
    private final Connectors connectors;
    private final ConnectorEffects effects;
    private final LogConfig config;
    private final ReconcileSchedule.Plan plan;
    private final @Nullable Integer maxLive;
    private final MeterRegistry registry;

    Services(Connectors connectors, ConnectorEffects effects, LogConfig config, ReconcileSchedule.Plan plan,
            @Nullable Integer maxLive, MeterRegistry registry) {
        this.connectors = connectors;
        this.effects = effects;
        this.config = config;
        this.plan = plan;
        this.maxLive = maxLive;
        this.registry = registry;
        connectors.types().forEach(this::serve);
    }

    @Override
    public void serve(ServedType type) {
        long most = maxLive != null
                ? maxLive
                : LaneRunner.maxLive(Runtime.getRuntime().maxMemory() / LIVE_SHARE / connectors.types().size());
        byType.put(type.taskType(), new Service(type, connectors.platform(type.taskType()), config, effects, most, plan,
                registry));
    }

    @Override
    public boolean describe(ServedType type) {
        var service = Objects.requireNonNull(byType.get(type.taskType()), type.taskType());
        try {
            service.describe(type, connectors.platform(type.taskType()));
            return true;
        } catch (LogFailure e) {
            LOG.log(WARNING, "that {0} {1} serves {2} is not in the registry yet: {3}", type.connector(),
                    type.connectorVersion(), type.taskType(), e.getMessage());
            return false;
        } catch (Stopped e) {
            LOG.log(WARNING, "that {0} {1} serves {2} cannot be said: {3}", type.connector(), type.connectorVersion(),
                    type.taskType(), e.getMessage());
            return true;
        }
    }

    @Override
    public void leave(Collection<String> taskTypes) {
        close(taskTypes.stream().map(byType::remove).filter(Objects::nonNull).toList());
    }

    @Override
    public boolean any(String taskType, Predicate<Job> such) {
        var service = byType.get(taskType);
        return service != null && service.any(such);
    }

    Stream<Service> all() {
        return byType.values().stream();
    }

    @Override
    public void close() {
        close(List.copyOf(byType.values()));
    }

    private static void close(List<Service> services) {
        var leaving = services.stream().map(service -> Thread.ofVirtual().start(service::close)).toList();
        try {
            for (var thread : leaving) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
