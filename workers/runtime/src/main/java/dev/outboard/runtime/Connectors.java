package dev.outboard.runtime;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.runtime.budget.Budgets;
import dev.outboard.runtime.budget.ConnectorBudget;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open connectors of a worker, which may become others while it runs. Safe for many threads once open. */
public final class Connectors implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Connectors.class.getName());
    static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    /** Never changed, but for another. */
    private volatile SortedMap<String, Serving> byType;
    private final Set<String> wanted;
    private final WorkerSetup setup;
    private final Duration closeWait;
    private final Budgets budgets = new Budgets();

    private Connectors(SortedMap<String, Serving> byType, Set<String> wanted, WorkerSetup setup, Duration closeWait) {
        this.byType = byType;
        this.wanted = Set.copyOf(wanted);
        this.setup = setup;
        this.closeWait = closeWait;
    }

    /**
     * Every connector that the class path names, not yet open.
     *
     * @throws ConnectorsUnusable if one cannot be loaded
     */
    public static List<Connector> onClassPath() {
        try {
            return ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConnectorsUnusable("a connector on the class path cannot be loaded: " + Faults.told(e), e);
        }
    }

    /**
     * Opens those of the found connectors that serve the wanted task types, each once.
     *
     * @param wanted task types; empty for all that the connectors serve
     * @throws ConnectorsUnusable if a type has no connector or several, or a connector cannot open or be relied on; what
     *     was open is closed again
     */
    public static Connectors open(Collection<Connector> found, Set<String> wanted, WorkerSetup setup) {
        return open(found, wanted, setup, CLOSE_WAIT);
    }

    static Connectors open(Collection<Connector> found, Set<String> wanted, WorkerSetup setup, Duration closeWait) {
        return open(found.stream().map(Serving::of).toList(), wanted, setup, closeWait, _ -> false);
    }

    /** @param dispensable which are left out, and that told in the log, where they cannot open */
    static Connectors open(List<Serving> found, Set<String> wanted, WorkerSetup setup, Duration closeWait,
            Predicate<Serving> dispensable) {
        var selected = Selection.of(found, wanted);
        var connectors = new Connectors(new TreeMap<>(), wanted, setup, closeWait);
        try {
            connectors.byType = connectors.opened(selected, List.of(), dispensable);
        } catch (ConnectorsUnusable e) {
            connectors.budgets.close();
            throw e;
        }
        return connectors;
    }

    /**
     * What would be served with {@code coming} instead of {@code leaving}, all of it open; until {@link #become} nothing of
     * it is used.
     *
     * @throws ConnectorsUnusable as {@link #open(Collection, Set, WorkerSetup)} does; but a wanted type may have none
     */
    SortedMap<String, Serving> next(Collection<Serving> coming, Collection<Serving> leaving) {
        var now = distinct();
        var all = new ArrayList<>(now);
        all.removeAll(leaving);
        all.addAll(coming);
        return opened(Selection.among(all, wanted), now, _ -> false);
    }

    /** Whether one of these would serve a wanted type and is not open. */
    boolean leftOut(Collection<Serving> some) {
        var open = distinct();
        return some.stream()
                .anyMatch(one -> !open.contains(one) && one.taskTypes()
                        .stream()
                        .anyMatch(type -> wanted.isEmpty() || wanted.contains(type)));
    }

    /** Takes these for what is open from now on. */
    void become(SortedMap<String, Serving> next) {
        byType = next;
    }

    private SortedMap<String, Serving> opened(SortedMap<String, Serving> chosen, Collection<Serving> open,
            Predicate<Serving> dispensable) {
        // what the core cannot build on is refused before anything is open
        types(chosen);
        var opened = new ArrayList<Serving>();
        var usable = new TreeMap<>(chosen);
        try {
            for (var serving : new LinkedHashSet<>(chosen.values())) {
                if (open.contains(serving)) {
                    continue;
                }
                // one that fails half-way is closed too: it may hold something by then
                opened.add(serving);
                try {
                    open(serving, chosen);
                } catch (ConnectorsUnusable e) {
                    if (!dispensable.test(serving)) {
                        throw e;
                    }
                    LOG.log(WARNING, "{0}; it is left out", e.getMessage());
                    end(List.of(serving));
                    usable.values().removeIf(serving::equals);
                }
            }
        } catch (ConnectorsUnusable e) {
            end(opened);
            throw e;
        }
        return usable;
    }

    private void open(Serving serving, SortedMap<String, Serving> chosen) {
        try {
            var folder = Files.createDirectories(setup.dataDir().resolve(serving.slug()));
            var context = new ConnectorContext(setup.workerId(), setup.settingsOf(serving.slug()), folder,
                    setup.secrets(), setup.clock(), budget(serving));
            serving.within(() -> {
                serving.connector().open(context);
                return true;
            });
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw unusable(serving, e);
        }
        var taskTypes = chosen.keySet().stream().filter(type -> chosen.get(type) == serving).toList();
        LOG.log(INFO, "connector {0} is open and serves {1}", serving.withOrigin(), String.join(", ", taskTypes));
    }

    private ConnectorsUnusable unusable(Serving serving, Throwable e) {
        // the cause stays out of the exception: its texts may name secrets
        LOG.log(DEBUG, "the connector {0} cannot open: {1}", serving,
                Faults.stack(e, setup.secrets().redaction()));
        // the way to refuse a setting; its message is made for people
        var why = e instanceof IllegalArgumentException && e.getMessage() != null ? e.getMessage() : Faults.told(e);
        return new ConnectorsUnusable("the connector " + serving + " cannot open: "
                + setup.secrets().redaction().redact(why));
    }

    /** The task types served, in order, each with what the lane needs to know of its connector. */
    public List<ServedType> types() {
        return types(byType);
    }

    List<ServedType> types(SortedMap<String, Serving> chosen) {
        var types = new ArrayList<ServedType>();
        chosen.forEach((taskType, serving) -> types.add(serving.served(taskType, setup.window())));
        return List.copyOf(types);
    }

    /**
     * The platform of a task type that is served, to be asked outside of any job's life.
     *
     * @throws IllegalArgumentException if it is not served
     */
    public Platform platform(String taskType) {
        var serving = serving(taskType);
        if (serving == null) {
            throw new IllegalArgumentException("task type " + taskType + " is not served here");
        }
        return new Platform(taskType, serving, budget(serving), setup.secrets(),
                serving.served(taskType, setup.window()).policy().quarantine());
    }

    /** The connector of this task type, or null. */
    @Nullable
    Serving serving(String taskType) {
        return byType.get(taskType);
    }

    /** Each connector once, in order of its first task type. */
    Set<Serving> distinct() {
        return new LinkedHashSet<>(byType.values());
    }

    /** @throws IllegalArgumentException if the operator's setting is no budget; found out when the connector is opened */
    ConnectorBudget budget(Serving serving) {
        return budgets.of(serving.slug(), serving.info().requestsPerSecond(), setup.budgetOf(serving.slug()));
    }

    Secrets secrets() {
        return setup.secrets();
    }

    WorkerSetup setup() {
        return setup;
    }

    /**
     * Closes all connectors, each within 10 s: one that takes longer is interrupted and left behind. To be called after
     * {@link ConnectorEffects#close}. Never throws.
     */
    @Override
    public void close() {
        end(distinct());
        budgets.close();
    }

    /** Those alone. */
    void end(Collection<Serving> open) {
        Ending.of(open, closeWait, setup.secrets().redaction());
    }
}
