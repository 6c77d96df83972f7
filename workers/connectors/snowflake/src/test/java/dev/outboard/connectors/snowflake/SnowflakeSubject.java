package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.conformance.Subject;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import dev.outboard.testkit.snowflake.SnowflakeSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connector and the simulated Snowflake, by a key pair. */
final class SnowflakeSubject implements Subject {
    private final SnowflakeSimulator snowflake = SnowflakeSimulator.start(SimClock.running(), 0);

    SnowflakeSubject() {
        snowflake.hold();
    }

    @Override
    public Connector connector() {
        return new SnowflakeConnector();
    }

    @Override
    public Map<String, String> settings() {
        var settings = new HashMap<>(snowflake.settings());
        settings.put("account", "MYORG-ACCOUNT1");
        settings.put("user", "FLYTE");
        return settings;
    }

    @Override
    public SecretReader secrets() {
        return name -> Optional.ofNullable(snowflake.secrets().get(name));
    }

    @Override
    public List<String> secretValues() {
        return List.copyOf(snowflake.secrets().values());
    }

    @Override
    public CreateRequest request(String key) {
        return request(key, "SELECT 1", "f-" + key);
    }

    @Override
    public CreateRequest different(String key) {
        return request(key, "SELECT 2", "another");
    }

    private CreateRequest request(String key, String statement, String fingerprint) {
        return new CreateRequest("here", key, "job-" + key, fingerprint, 1,
                Bench.template(statement, Map.of(), Bench.CONFIG, Set.of("results")), Map.of(), null, Map.of(),
                secrets());
    }

    @Override
    public void finish() {
        snowflake.release();
        snowflake.hold();
    }

    @Override
    public Handle unknown() {
        return new Meta(Meta.Form.V1, "MYORG-ACCOUNT1", "FLYTE", "TESTDB", "PUBLIC", "COMPUTE_WH", null, true, null,
                null,
                "01c0ffee-dead-beef").handle();
    }

    @Override
    public List<Entry> ledger() {
        return snowflake.ledger();
    }

    @Override
    public Optional<Simulator> simulator() {
        return Optional.of(snowflake);
    }

    @Override
    public void rotate() {
        snowflake.rotate();
    }

    @Override
    public void unheardOfState() {
        snowflake.unheardOf("HIBERNATING");
    }

    @Override
    public void lists(Duration lag) {
        snowflake.lag(lag);
    }

    @Override
    public void close() {
        snowflake.close();
    }
}
