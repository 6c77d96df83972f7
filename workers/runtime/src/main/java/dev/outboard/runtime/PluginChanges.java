package dev.outboard.runtime;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.lane.ServedType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts plug-ins into service and takes them out of it, while jobs run. One thread; the counts any. */
final class PluginChanges {
    private static final System.Logger LOG = System.getLogger(PluginChanges.class.getName());

    private final Connectors connectors;
    private final ConnectorEffects effects;
    private final Lanes lanes;
    private final Map<Path, Plugin> loaded;
    private final Set<Path> broken = ConcurrentHashMap.newKeySet();
    private final Leaving leaving;
    /** What the registry does not say yet, by task type. */
    private final Map<String, ServedType> unsaid = new TreeMap<>();

    PluginChanges(Connectors connectors, ConnectorEffects effects, Lanes lanes, Map<Path, Plugin> loaded,
            Set<Path> broken) {
        this.connectors = connectors;
        this.effects = effects;
        this.lanes = lanes;
        this.loaded = loaded;
        this.broken.addAll(broken);
        leaving = new Leaving(connectors, effects, lanes);
    }

    /**
     * Puts a plug-in into service, in place of the one that the folder had.
     *
     * @throws ConnectorsUnusable if it cannot be; then all is as it was
     */
    void take(Path path, Plugin plugin) {
        var before = loaded.get(path);
        SortedMap<String, Serving> next;
        try {
            next = connectors.next(plugin.servings(), before == null ? List.of() : before.servings());
        } catch (ConnectorsUnusable e) {
            plugin.folder().close();
            throw e;
        }
        loaded.put(path, plugin);
        become(next, before);
        broken.remove(path);
        LOG.log(INFO, "plug-in {0} is {1}", plugin.name(), before == null ? "loaded" : "replaced");
    }

    /** Takes the folder's plug-in out of service. */
    void remove(Path path) {
        broken.remove(path);
        var before = loaded.remove(path);
        if (before != null) {
            become(connectors.next(List.of(), before.servings()), before);
            LOG.log(INFO, "plug-in {0} is taken away", before.name());
        }
    }

    private void become(SortedMap<String, Serving> next, @Nullable Plugin before) {
        var open = connectors.distinct();
        var was = byName(connectors.types());
        var is = byName(connectors.types(next));
        // a lane goes on if another version serves it alike: its jobs stay, and so do those under way
        var stopping = was.values().stream().filter(type -> !type.runsAs(is.get(type.taskType()))).toList();
        lanes.leave(stopping.stream().map(ServedType::taskType).toList());
        connectors.become(next);
        effects.follow(connectors);
        unsaid.keySet().retainAll(is.keySet());
        for (var type : is.values()) {
            var earlier = was.get(type.taskType());
            if (earlier == null || stopping.contains(earlier)) {
                lanes.serve(type);
            } else if (before != null && before.servings().stream().anyMatch(one -> serves(one, type))) {
                unsaid.put(type.taskType(), type);
            }
        }
        say();
        if (before != null) {
            leaving.add(before, before.servings().stream().filter(open::contains).toList());
        }
    }

    private static boolean serves(Serving serving, ServedType type) {
        return serving.taskTypes().contains(type.taskType());
    }

    private static Map<String, ServedType> byName(List<ServedType> types) {
        var byName = new TreeMap<String, ServedType>();
        types.forEach(type -> byName.put(type.taskType(), type));
        return byName;
    }

    private void say() {
        unsaid.values().removeIf(lanes::describe);
    }

    /** What could not be done at once, and may be now. */
    void goOn() {
        say();
        leaving.look();
    }

    /** It cannot be used, which has been told. */
    void broken(Path path, String why) {
        LOG.log(WARNING, "{0}; it is {1}", why,
                loaded.containsKey(path) ? "not taken, the one before serves on" : "left out");
        broken.add(path);
    }

    /** Which cannot be used as they are. */
    List<Path> broken() {
        return List.copyOf(broken);
    }

    int loadedCount() {
        return loaded.size();
    }

    int brokenCount() {
        return broken.size();
    }

    int leavingCount() {
        return leaving.size();
    }

    /** Closes those that were to leave, whatever they still have to do. */
    void end() {
        leaving.end();
    }
}
