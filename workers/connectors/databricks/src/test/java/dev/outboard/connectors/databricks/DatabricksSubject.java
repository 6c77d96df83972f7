package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.conformance.Subject;
import dev.outboard.testkit.databricks.DatabricksSimulator;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connector and a simulated workspace, by a personal access token or as a service principal. */
final class DatabricksSubject implements Subject {
    static final String HOST = "example.cloud.databricks.com";
    private static final String PRINCIPAL = "6f0f1c2e-principal";
    private static final String OAUTH_SECRET = "dose0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DatabricksSimulator databricks = DatabricksSimulator.start(SimClock.running(), 0);
    private final boolean oauth;

    DatabricksSubject(boolean oauth) {
        this.oauth = oauth;
        databricks.hold();
        databricks.oauthClient(PRINCIPAL, OAUTH_SECRET);
    }

    @Override
    public Connector connector() {
        return new DatabricksConnector();
    }

    @Override
    public Map<String, String> settings() {
        var settings = new HashMap<>(databricks.settings());
        settings.put("instance", HOST);
        if (oauth) {
            settings.put("client-id", PRINCIPAL);
        }
        return settings;
    }

    @Override
    public SecretReader secrets() {
        return name -> oauth
                ? name.equals("databricks-client-secret") ? Optional.of(OAUTH_SECRET) : Optional.empty()
                : Optional.ofNullable(databricks.secrets().get(name));
    }

    @Override
    public List<String> secretValues() {
        var values = new ArrayList<>(databricks.secrets().values());
        values.add(OAUTH_SECRET);
        return values;
    }

    @Override
    public Collection<String> issued() {
        return databricks.issued();
    }

    @Override
    public CreateRequest request(String key) {
        return request(key, "c-1", "f-" + key);
    }

    @Override
    public CreateRequest different(String key) {
        return request(key, "c-2", "another");
    }

    private CreateRequest request(String key, String cluster, String fingerprint) {
        try {
            var template = JSON.readTree("""
                    {"id": {"name": "task"}, "custom": {"databricksConf": {"existing_cluster_id": "%s"}}}"""
                    .formatted(cluster));
            return Requests.request(key, "j" + key.substring(key.length() - 26), fingerprint, template, secrets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        databricks.finish();
    }

    @Override
    public Handle unknown() {
        return new RunHandle(new Workspace(HOST, null), 4_711).write();
    }

    @Override
    public List<Entry> ledger() {
        return databricks.ledger();
    }

    @Override
    public Optional<Simulator> simulator() {
        return Optional.of(databricks);
    }

    @Override
    public void rotate() {
        databricks.rotate();
    }

    @Override
    public void unheardOfState() {
        databricks.oddState("HIBERNATING");
    }

    @Override
    public void lists(Duration lag) {
        databricks.listLag(lag);
    }

    @Override
    public void close() {
        databricks.close();
    }
}
