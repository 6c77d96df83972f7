package dev.outboard.connectors.databricks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Budget;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.databricks.DatabricksSimulator;
import dev.outboard.testkit.sim.SimClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A simulated workspace, a connector that is open to it, and the words that tests say to both. */
final class Bench implements AutoCloseable {
    static final String HOST = DatabricksSubject.HOST;
    private static final ObjectMapper JSON = new ObjectMapper();

    final SimClock clock = SimClock.running();
    final DatabricksSimulator databricks = DatabricksSimulator.start(clock, 0);
    final DatabricksConnector connector = new DatabricksConnector();
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> secrets = new HashMap<>(databricks.secrets());
    private int keys;

    Bench() {
        this(Map.of());
    }

    /** @param settings beside those that lead to the simulator */
    Bench(Map<String, String> settings) {
        var all = new HashMap<>(databricks.settings());
        all.put("instance", HOST);
        all.putAll(settings);
        Budget budget = taken::add;
        connector.open(new ConnectorContext("w-1", all, Path.of("."), this::secret, clock, budget));
    }

    Optional<String> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /** Another key each time. */
    CreateRequest request(String template) throws IOException {
        return request(JSON.readTree(template));
    }

    CreateRequest request(JsonNode template) {
        var key = "k" + "a".repeat(45)
                + String.format("%6s", Integer.toString(keys++, 5)).replace(' ', '0').transform(Bench::letters);
        return Requests.request(key, "j" + key.substring(26), "f-" + key, template, this::secret);
    }

    private static String letters(String digits) {
        return digits.chars().mapToObj(c -> String.valueOf((char) ('a' + c - '0'))).reduce("", String::concat);
    }

    /** On a cluster that exists. */
    CreateRequest small() throws IOException {
        return request(
                "{\"id\": {\"name\": \"t\"}, \"custom\": {\"databricksConf\": {\"existing_cluster_id\": \"c-1\"}}}");
    }

    CreateRequest example(String file) throws IOException {
        return request(Requests.template(file));
    }

    Handle create(CreateRequest request) throws Exception {
        return assertInstanceOf(CreateResult.Created.class, connector.create(request)).handle();
    }

    PollResult poll(Handle handle) throws Exception {
        return connector.poll(handle, this::secret);
    }

    PollResult delete(Handle handle) throws Exception {
        return connector.delete(handle, this::secret);
    }

    /** What the platform was sent for it. */
    JsonNode submitted(Handle handle) throws IOException {
        return JSON.readTree(databricks.submitted(runId(handle)));
    }

    static String runId(Handle handle) {
        return Long.toString(RunHandle.read(handle).runId());
    }

    /** The run ends so, now. */
    void fails(Handle handle, String code, String type, String message) throws IOException {
        databricks.end(submitted(handle).path("run_name").asText(), code, type, message);
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    PollResult end(Handle handle) {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    pass(Duration.ofSeconds(1));
                    return poll(handle);
                }, result -> !(result instanceof PollResult.Running));
    }

    @Override
    public void close() throws Exception {
        connector.close();
        databricks.close();
    }
}
