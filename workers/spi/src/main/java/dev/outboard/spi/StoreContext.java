package dev.outboard.spi;

import java.time.Clock;
import java.util.Map;

/**
 * What the worker offers an output store.
 *
 * @param settings the store's own settings, by name without any prefix; empty where it is not configured
 * @param secrets looks secrets up; ask late and often, a secret may be rotated
 * @param clock the only clock to use
 */
public record StoreContext(Map<String, String> settings, SecretReader secrets, Clock clock) {
    public StoreContext {
        settings = Map.copyOf(settings);
    }
}
