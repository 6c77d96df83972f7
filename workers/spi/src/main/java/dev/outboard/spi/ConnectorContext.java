package dev.outboard.spi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the worker offers a connector.
 *
 * @param workerId names this worker process, unique among all that ever ran; letters, digits and {@code -}
 * @param settings the connector's own settings, by name without any prefix; read them once and fail on nonsense
 * @param dataDir a folder on this machine that the connector may write to; it exists
 * @param secrets looks secrets up; ask late and often, a secret may be rotated
 * @param clock the only clock to use
 * @param budget spends an account's requests beyond the first of each call
 */
public record ConnectorContext(String workerId, Map<String, String> settings, Path dataDir, SecretReader secrets,
        Clock clock, Budget budget) {
    public ConnectorContext {
        settings = Map.copyOf(settings);
    }
}
