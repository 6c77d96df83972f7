package dev.outboard.runtime;

import dev.outboard.runtime.budget.Budgets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process brings for its connectors.
 *
 * @param workerId unique among all worker processes that ever ran; letters, digits and {@code -}
 * @param settings of the whole process; {@code connectors.<name>.<setting>} is a connector's own, its name in
 *     lower case and with {@code -} for all but letters, digits and {@code . _}; {@code stores.<name>.<setting>} is an output
 *     store's
 * @param dataDir each connector gets a folder of its name in here; made where missing
 * @param secrets looks secrets up and remembers them for redaction
 * @param clock given to connectors
 * @param window how long an ended job is remembered, more than zero
 */
public record WorkerSetup(String workerId, Map<String, String> settings, Path dataDir, Secrets secrets, Clock clock,
        Duration window) {
    private static final String CONNECTORS = "connectors.";
    private static final String STORES = "stores.";

    public WorkerSetup {
        settings = Map.copyOf(settings);
    }

    /** The settings of one connector, by name without the prefix, and without what is the worker's own. */
    Map<String, String> settingsOf(String slug) {
        var own = new HashMap<>(below(CONNECTORS + slug + "."));
        own.remove(Budgets.SETTING);
        return Map.copyOf(own);
    }

    /** The settings of one output store, by name without the prefix. */
    Map<String, String> settingsOfStore(String name) {
        return below(STORES + name + ".");
    }

    /** The output stores that have settings. */
    Set<String> storesNamed() {
        return settings.keySet()
                .stream()
                .filter(name -> name.startsWith(STORES))
                .map(name -> name.substring(STORES.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> below(String prefix) {
        var own = new HashMap<String, String>();
        settings.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        return Map.copyOf(own);
    }

    /** What the operator says of a connector's requests, or null. */
    @Nullable
    String budgetOf(String slug) {
        return settings.get(CONNECTORS + slug + "." + Budgets.SETTING);
    }
}
