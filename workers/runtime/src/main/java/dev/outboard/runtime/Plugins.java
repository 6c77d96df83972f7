package dev.outboard.runtime;

import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.runtime.plugin.Copies;
import dev.outboard.runtime.plugin.PluginUnusable;
import dev.outboard.runtime.plugin.Print;
import dev.outboard.spi.Connector;
import dev.outboard.spi.OutputStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The connectors of a worker: those of its class path, and those of the plug-ins in some folders. Plug-ins come, go and
 * change while it runs, once {@link #watch} was called.
 */
public final class Plugins implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Plugins.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String COPIES = ".plugins";

    private final Connectors connectors;
    private final List<Path> folders;
    private final @Nullable Copies copies;
    private final Map<Path, Print> prints;
    private final Map<Path, Plugin> loaded;
    private @Nullable PluginWatch watch;
    private @Nullable PluginChanges changes;

    private Plugins(Connectors connectors, List<Path> folders, @Nullable Copies copies, Map<Path, Print> prints,
            Map<Path, Plugin> loaded) {
        this.connectors = connectors;
        this.folders = List.copyOf(folders);
        this.copies = copies;
        this.prints = prints;
        this.loaded = loaded;
    }

    /**
     * Loads the plug-ins and opens the connectors that serve a wanted task type. A plug-in that cannot be loaded is left
     * out, and that told in the log. So is one whose connector cannot open, unless its task type or a setting of its is
     * named: then that is an error.
     *
     * @param folders each with a folder per plug-in
     * @param others connectors that are no plug-ins
     * @param wanted task types; empty for all that there are connectors for
     * @throws ConnectorsUnusable as {@link Connectors#open} does, and if one of {@code folders} cannot be read
     */
    public static Plugins open(List<Path> folders, Collection<Connector> others, Set<String> wanted,
            WorkerSetup setup) {
        Map<Path, Print> prints;
        @Nullable
        Copies copies;
        try {
            prints = Print.of(folders);
            copies = folders.isEmpty() ? null : Copies.in(setup.dataDir().resolve(COPIES));
        } catch (IOException e) {
            throw new ConnectorsUnusable("the folder of plug-ins cannot be read: " + e);
        }
        var loaded = new ConcurrentSkipListMap<Path, Plugin>();
        try {
            var found = new ArrayList<>(others.stream().map(Serving::of).toList());
            if (copies != null) {
                loaded.putAll(load(prints.keySet(), copies, setup));
            }
            loaded.values().forEach(plugin -> found.addAll(plugin.servings()));
            var connectors = Connectors.open(found, wanted, setup, Connectors.CLOSE_WAIT,
                    serving -> serving.isPlugin() && wanted.isEmpty() && setup.settingsOf(serving.slug()).isEmpty());
            return new Plugins(connectors, folders, copies, prints, loaded);
        } catch (ConnectorsUnusable e) {
            unload(loaded.values(), copies);
            throw e;
        }
    }

    private static Map<Path, Plugin> load(Set<Path> paths, Copies copies, WorkerSetup setup) {
        var loaded = new TreeMap<Path, Plugin>();
        for (var path : paths) {
            try {
                loaded.put(path, Plugin.load(path, copies, setup));
            } catch (PluginUnusable | ConnectorsUnusable e) {
                LOG.log(WARNING, "{0}; it is left out", e.getMessage());
            }
        }
        return loaded;
    }

    /** Those that are open now. */
    public Connectors connectors() {
        return connectors;
    }

    /** The output stores of the plug-ins, not yet open; to be closed before this. */
    public List<OutputStore> stores() {
        return loaded.values().stream().flatMap(plugin -> plugin.stores().stream()).toList();
    }

    /**
     * From now on what changes in the folders is taken up, within seconds, until {@link #stopWatching}.
     *
     * @param effects carries the calls to {@link #connectors}
     * @param lanes of the task types that are served
     * @param registry takes how many plug-ins there are
     */
    public void watch(ConnectorEffects effects, Lanes lanes, MeterRegistry registry) {
        var watching = watching(effects, lanes, registry);
        if (!folders.isEmpty()) {
            watching.start(LOOK);
        }
    }

    /** The same, not started. */
    PluginWatch watching(ConnectorEffects effects, Lanes lanes, MeterRegistry registry) {
        var broken = new HashSet<>(prints.keySet());
        loaded.forEach((path, plugin) -> {
            if (!connectors.leftOut(plugin.servings())) {
                broken.remove(path);
            }
        });
        var making = new PluginChanges(connectors, effects, lanes, loaded, broken);
        changes = making;
        PluginMeters.register(making, registry);
        var watching = new PluginWatch(folders, prints, making,
                path -> Plugin.load(path, Objects.requireNonNull(copies), connectors.setup()));
        watch = watching;
        return watching;
    }

    /** To be called before what it was given to watch with is closed. Waits for a change under way. */
    public void stopWatching() {
        var watching = watch;
        if (watching != null) {
            watching.close();
        }
    }

    /** Closes all connectors as {@link Connectors#close} does, and unloads the plug-ins. Never throws. */
    @Override
    public void close() {
        stopWatching();
        connectors.close();
        var made = changes;
        if (made != null) {
            made.end();
        }
        unload(loaded.values(), copies);
    }

    private static void unload(Collection<Plugin> plugins, @Nullable Copies copies) {
        plugins.forEach(plugin -> plugin.folder().close());
        if (copies != null) {
            copies.close();
        }
    }
}
