package dev.outboard.runtime;

import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.runtime.plugin.PluginFolder;
import dev.outboard.runtime.plugin.PluginUnusable;
import dev.outboard.runtime.plugin.Print;
import dev.outboard.spi.Connector;
import dev.outboard.spi.OutputStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connectors of a worker: those of its class path, and those of the plug-ins in some folders. */
public final class Plugins implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Plugins.class.getName());

    /** One that is loaded; its connectors are open where a wanted task type is theirs. */
    record Loaded(PluginFolder folder, List<Serving> servings, List<OutputStore> stores) {}

    private final Connectors connectors;
    private final Map<Path, Loaded> loaded;

    private Plugins(Connectors connectors, Map<Path, Loaded> loaded) {
        this.connectors = connectors;
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
        try {
            prints = Print.of(folders);
        } catch (IOException e) {
            throw new ConnectorsUnusable("the folder of plug-ins cannot be read: " + e);
        }
        var loaded = new HashMap<Path, Loaded>();
        var found = new ArrayList<>(others.stream().map(Serving::of).toList());
        for (var path : prints.keySet()) {
            try {
                var plugin = load(path, setup);
                loaded.put(path, plugin);
                found.addAll(plugin.servings());
            } catch (PluginUnusable | ConnectorsUnusable e) {
                LOG.log(WARNING, "{0}; it is left out", e.getMessage());
            }
        }
        var plugins = new Plugins(Connectors.open(found, wanted, setup, Connectors.CLOSE_WAIT,
                serving -> serving.isPlugin() && wanted.isEmpty() && setup.settingsOf(serving.slug()).isEmpty()),
                loaded);
        return plugins;
    }

    private static Loaded load(Path path, WorkerSetup setup) {
        var folder = PluginFolder.open(path);
        try {
            var servings = folder.load(Connector.class).stream().map(Serving::of).toList();
            var stores = folder.load(OutputStore.class);
            if (servings.isEmpty() && stores.isEmpty()) {
                throw new ConnectorsUnusable(
                        "the plug-in " + folder.name() + " names no connector: there is no META-INF/"
                                + "services/" + Connector.class.getName() + " in its jars");
            }
            for (var serving : servings) {
                serving.taskTypes().forEach(type -> serving.served(type, setup.window()));
            }
            return new Loaded(folder, servings, stores);
        } catch (PluginUnusable | ConnectorsUnusable e) {
            folder.close();
            throw e;
        }
    }

    /** Those that are open now. */
    public Connectors connectors() {
        return connectors;
    }

    /** The output stores of the plug-ins, not yet open; to be closed before this. */
    public List<OutputStore> stores() {
        return loaded.values().stream().flatMap(plugin -> plugin.stores().stream()).toList();
    }

    /** Closes all connectors as {@link Connectors#close} does, and unloads the plug-ins. Never throws. */
    @Override
    public void close() {
        connectors.close();
        loaded.values().forEach(plugin -> plugin.folder().close());
    }
}
