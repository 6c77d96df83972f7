package dev.outboard.standalone.simulate;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import dev.outboard.testkit.bigquery.BigQuerySimulator;
import dev.outboard.testkit.databricks.DatabricksSimulator;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import dev.outboard.testkit.snowflake.SnowflakeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The simulated platforms that a stack was started with. Their jobs' states go by the system's clock. */
public final class Simulations implements AutoCloseable {
    private static final SortedMap<String, Function<SimClock, Simulator>> KNOWN = new TreeMap<>(Map.of(
            "bigquery", clock -> BigQuerySimulator.start(clock, 0),
            "databricks", clock -> DatabricksSimulator.start(clock, 0),
            "snowflake", clock -> SnowflakeSimulator.start(clock, 0)));

    private final SortedMap<String, Simulator> running = new TreeMap<>();

    private Simulations() {}

    /**
     * Starts them, each on a port of its own.
     *
     * @param names of platforms; each may be named more than once
     * @throws Failure if one is not known
     */
    public static Simulations start(Collection<String> names) {
        for (var name : names) {
            if (!KNOWN.containsKey(name)) {
                throw new Failure(ExitCode.USAGE, "there is no simulator of `" + name + "`",
                        "choose from " + String.join(", ", KNOWN.keySet()));
            }
        }
        var simulations = new Simulations();
        var clock = SimClock.running();
        KNOWN.forEach((name, simulator) -> {
            if (names.contains(name)) {
                simulations.running.put(name, simulator.apply(clock));
            }
        });
        return simulations;
    }

    /** Where each listens, by platform. */
    public Map<String, URI> urls() {
        var urls = new LinkedHashMap<String, URI>();
        running.forEach((name, simulator) -> urls.put(name, simulator.url()));
        return urls;
    }

    /** The settings that lead the connectors there, below what a person has set. */
    public Map<String, String> settings(Map<String, String> own) {
        var settings = new TreeMap<String, String>();
        running.forEach((name, simulator) -> simulator.settings()
                .forEach((setting, value) -> settings.put("connectors." + name + "." + setting, value)));
        settings.putAll(own);
        return settings;
    }

    /**
     * Writes what the simulators take for credentials, a file for each, readable by this user alone.
     *
     * @param folder is made where missing
     */
    public void writeSecrets(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var simulator : running.values()) {
                for (var secret : simulator.secrets().entrySet()) {
                    var file = folder.resolve(secret.getKey());
                    Files.writeString(file, secret.getValue());
                    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                        Files.setPosixFilePermissions(file,
                                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulators' credentials cannot be written to " + folder, e);
        }
    }

    @Override
    public void close() {
        running.values().forEach(Simulator::close);
    }
}
