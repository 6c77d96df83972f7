package dev.outboard.connectors.bigquery;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.bigquery.BigQuerySimulator;
import dev.outboard.testkit.conformance.Subject;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connector and its simulated BigQuery. */
final class BigQuerySubject implements Subject {
    private final BigQuerySimulator simulator = BigQuerySimulator.start(SimClock.running(), 0);

    BigQuerySubject() {
        simulator.hold();
    }

    @Override
    public Connector connector() {
        return new BigQueryConnector();
    }

    @Override
    public Map<String, String> settings() {
        var settings = new java.util.HashMap<>(simulator.settings());
        settings.put("projects", Requests.PROJECT);
        return settings;
    }

    @Override
    public SecretReader secrets() {
        return name -> Optional.ofNullable(simulator.secrets().get(name));
    }

    @Override
    public List<String> secretValues() {
        var values = new ArrayList<>(simulator.secrets().values());
        simulator.secrets()
                .values()
                .forEach(file -> values.add(file.replaceAll("(?s).*BEGIN PRIVATE KEY-----..(.{40}).*",
                        "$1")));
        return values;
    }

    @Override
    public CreateRequest request(String key) {
        return Requests.request(key, "SELECT corpus, COUNT(*) AS n FROM `bigquery-public-data.samples.shakespeare`"
                + " GROUP BY corpus");
    }

    @Override
    public CreateRequest different(String key) {
        return Requests.with(Requests.request(key, "SELECT 2 AS two"), Requests.fingerprint('g'));
    }

    @Override
    public void finish() {
        simulator.finish();
    }

    @Override
    public Handle unknown() {
        return new JobHandle(Requests.PROJECT, "US", Requests.key(500), null, 1_700_000_000_000L).write();
    }

    @Override
    public List<Entry> ledger() {
        return simulator.ledger();
    }

    @Override
    public Optional<Simulator> simulator() {
        return Optional.of(simulator);
    }

    @Override
    public void rotate() {
        simulator.expireTokens();
    }

    @Override
    public void unheardOfState() {
        simulator.oddState("HIBERNATING");
    }

    @Override
    public void lists(Duration lag) {
        simulator.listLag(lag);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
