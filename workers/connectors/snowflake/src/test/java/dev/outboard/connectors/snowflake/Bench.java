package dev.outboard.connectors.snowflake;

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
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskTemplate;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.snowflake.SnowflakeSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A simulated Snowflake, a connector that is open to it, and the words that tests say to both. */
final class Bench implements AutoCloseable {
    static final Map<String, String> CONFIG = Map.of("user", "FLYTE", "account", "MYORG-ACCOUNT1", "database",
            "SNOWFLAKE_SAMPLE_DATA", "schema", "TPCH_SF1000", "warehouse", "COMPUTE_WH");
    static final Map<String, Object> CUSTOM = Map.of("account", "MYORG-ACCOUNT1", "database", "TESTDB", "warehouse",
            "COMPUTE_WH", "user", "FLYTE");
    static final SecretReader NO_SECRETS = _ -> Optional.empty();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("../../../examples");

    final SimClock clock = SimClock.running();
    final SnowflakeSimulator snowflake = SnowflakeSimulator.start(clock, 0);
    final SnowflakeConnector connector = new SnowflakeConnector();
    final List<String> taken = new ArrayList<>();
    final Map<String, String> secrets = new HashMap<>(snowflake.secrets());
    private int keys;

    Bench() {
        this(Map.of());
    }

    /** @param settings beside those that lead to the simulator */
    Bench(Map<String, String> settings) {
        connector.open(context(settings));
    }

    ConnectorContext context(Map<String, String> settings) {
        var all = new HashMap<>(snowflake.settings());
        all.putAll(settings);
        Budget budget = taken::add;
        return new ConnectorContext("w-1", all, Path.of("."), this::secret, clock, budget);
    }

    Optional<String> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    CreateRequest request(@Nullable String statement, Map<String, ?> inputs) {
        return request(template(statement, Map.of(), CONFIG, Set.of("results")), inputs);
    }

    /** In Flyte 2's form. */
    CreateRequest custom(String statement, Map<String, ?> inputs, Map<String, ?> more) {
        var custom = new HashMap<String, Object>(CUSTOM);
        custom.putAll(more);
        return request(template(statement, custom, Map.of(), Set.of()), inputs);
    }

    static TaskTemplate template(@Nullable String statement, Map<String, ?> custom, Map<String, String> config,
            Set<String> outputs) {
        return new TaskTemplate("", "", "", "snowflake", 0, statement, null, new TreeMap<>(custom), config, Map.of(),
                outputs);
    }

    CreateRequest request(TaskTemplate template, Map<String, ?> inputs) {
        return request("k" + ++keys, template, inputs);
    }

    CreateRequest request(String key, TaskTemplate template, Map<String, ?> inputs) {
        return new CreateRequest("here", key, "job-" + key, "f-" + key, 1, template, new TreeMap<>(inputs), null,
                Map.of(),
                this::secret);
    }

    /** A file of the project's examples, decoded as the worker does as far as these files need it. */
    CreateRequest example(String file) throws IOException {
        var node = JSON.readTree(Files.readString(EXAMPLES.resolve(file)));
        var template = node.path("template");
        var outputs = new TreeSet<String>();
        template.path("interface").path("outputs").path("variables").fieldNames().forEachRemaining(outputs::add);
        var custom = JSON.convertValue(template.path("custom"), Map.class);
        var config = JSON.convertValue(template.path("config"), Map.class);
        return request(template(template.path("sql").path("statement").asText(null), custom == null ? Map.of() : custom,
                config == null ? Map.of() : config, outputs), inputs(node.path("inputs")));
    }

    private static Map<String, Object> inputs(JsonNode node) {
        var inputs = new TreeMap<String, Object>();
        (node.has("literals") ? node.path("literals") : node).properties().forEach(entry -> {
            var literal = entry.getValue().path("scalar").path("primitive").path("integer");
            inputs.put(entry.getKey(), literal.isMissingNode() ? plain(entry.getValue()) : literal.asLong());
        });
        return inputs;
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            node.forEach(each -> list.add(plain(each)));
            return list;
        }
        return node.isNumber() ? node.asLong() : node.asText();
    }

    Handle create(CreateRequest request) throws Exception {
        return assertInstanceOf(CreateResult.Created.class, connector.create(request)).handle();
    }

    Handle create(String statement) throws Exception {
        return create(request(statement, Map.of()));
    }

    PollResult poll(Handle handle) throws Exception {
        return connector.poll(handle, this::secret);
    }

    PollResult delete(Handle handle) throws Exception {
        return connector.delete(handle, this::secret);
    }

    PollResult end(Handle handle) {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> poll(handle), result -> !(result instanceof PollResult.Running));
    }

    PollResult end(String statement) throws Exception {
        return end(create(statement));
    }

    @Override
    public void close() throws Exception {
        connector.close();
        snowflake.close();
    }
}
