package dev.outboard.standalone.roles;

import dev.outboard.runtime.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What connectors need; the same for every role that has them. */
final class ConnectorOptions {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "outboard-data", description = "Folder for what connectors write, such as DuckDB's results (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "A connector's setting, connectors.NAME.SETTING=VALUE, or an output store's, stores.NAME.SETTING=VALUE.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--secrets", paramLabel = "DIR", description = "Folder with a file per secret, beside /etc/secrets and OUTBOARD_SECRET_<NAME>.")
    private @Nullable Path secrets;

    @Mixin
    private PluginOptions plugins;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ConnectorOptions() {}

    /** Opens the connectors of these task types, of all if none is named. */
    Plugins open(Set<String> taskTypes, Duration window) {
        return Worker.open(plugins.folders(), taskTypes, settings, data.toAbsolutePath().normalize(), secrets, window);
    }
}
