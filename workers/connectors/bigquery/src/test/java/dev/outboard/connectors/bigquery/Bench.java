package dev.outboard.connectors.bigquery;

import dev.outboard.spi.Budget;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.bigquery.BigQuerySimulator;
import dev.outboard.testkit.sim.SimClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An open connector and its simulator, on a clock that stands. */
final class Bench implements AutoCloseable {
    final BigQuerySimulator simulator;
    final BigQueryConnector connector = new BigQueryConnector();
    final Counted budget = new Counted();

    /** Counts what the connector takes, by account. */
    static final class Counted implements Budget {
        final Map<String, Integer> taken = new HashMap<>();

        @Override
        public synchronized void take(String account) {
            taken.merge(account, 1, Integer::sum);
        }
    }

    Bench() {
        this(Map.of());
    }

    Bench(Map<String, String> more) {
        simulator = BigQuerySimulator.start(SimClock.running(), 0);
        simulator.pace(Duration.ZERO, Duration.ZERO);
        var settings = new HashMap<>(simulator.settings());
        settings.putAll(more);
        open(connector, settings, secrets());
    }

    void open(BigQueryConnector connector, Map<String, String> settings, SecretReader secrets) {
        connector.open(new ConnectorContext("worker-1", settings, Path.of("."), secrets, simulator.clock(), budget));
    }

    SecretReader secrets() {
        var secrets = simulator.secrets();
        return name -> Optional.ofNullable(secrets.get(name));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
