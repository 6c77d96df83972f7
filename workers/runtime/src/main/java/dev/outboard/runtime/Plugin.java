package dev.outboard.runtime;

import dev.outboard.runtime.plugin.Copies;
import dev.outboard.runtime.plugin.PluginFolder;
import dev.outboard.runtime.plugin.PluginUnusable;
import dev.outboard.spi.Connector;
import dev.outboard.spi.OutputStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A plug-in that is loaded, with its connectors; those are open where a wanted task type is theirs.
 *
 * @param stores its output stores, not open
 */
record Plugin(PluginFolder folder, List<Serving> servings, List<OutputStore> stores) {

    /**
     * Loads it from a copy.
     *
     * @throws PluginUnusable if it cannot be loaded
     * @throws ConnectorsUnusable if it has neither connector nor store, or one that the core cannot build on
     */
    static Plugin load(Path path, Copies copies, WorkerSetup setup) {
        var folder = PluginFolder.open(path, copies);
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
            return new Plugin(folder, servings, stores);
        } catch (PluginUnusable | ConnectorsUnusable e) {
            folder.close();
            throw e;
        }
    }

    /** Unloads it, unless it has stores: a worker uses those for as long as it lives. */
    void unload() {
        if (stores.isEmpty()) {
            folder.close();
        }
    }

    String name() {
        return folder.name();
    }
}
