package dev.outboard.connectors.duckdb;

import static org.awaitility.Awaitility.await;

import dev.outboard.spi.Budget;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.spi.TaskError;
import dev.outboard.spi.TaskTemplate;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An open connector over a real DuckDB, and the words that tests say to it. */
final class Bench implements AutoCloseable {
    /** Runs for ages, in many small steps. */
    static final String LONG = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";
    static final String WORKER = "w-1";
    static final SecretReader NO_SECRETS = _ -> Optional.empty();

    final Path data;
    final DuckDbConnector connector = new DuckDbConnector();
    private int keys;

    Bench(Path data, Map<String, String> settings) throws Exception {
        this(data, settings, Clock.systemUTC());
    }

    Bench(Path data, Map<String, String> settings, Clock clock) throws Exception {
        this.data = data;
        connector.open(new ConnectorContext(WORKER, settings, data, NO_SECRETS, clock, Budget.UNLIMITED));
    }

    CreateRequest request(@Nullable String statement, Map<String, ?> inputs) {
        return request(statement, inputs, null, Set.of("results"));
    }

    CreateRequest request(@Nullable String statement, Map<String, ?> inputs, @Nullable String prefix,
            Set<String> outputs) {
        String key = "k" + ++keys;
        var template = new TaskTemplate("", "", "", "duckdb", 0, statement, null, Map.of(), Map.of(), Map.of(),
                outputs);
        return new CreateRequest("here", key, "job" + key, "f" + key, 1, template, new TreeMap<>(inputs), prefix,
                Map.of(),
                _ -> Optional.empty());
    }

    Handle create(String statement) {
        return create(request(statement, Map.of()));
    }

    Handle create(CreateRequest request) {
        return ((CreateResult.Created) connector.create(request)).handle();
    }

    PollResult end(Handle handle) {
        return await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> connector.poll(handle, NO_SECRETS), result -> !(result instanceof PollResult.Running));
    }

    /** Waits until DuckDB executes the query, as its progress shows. */
    void awaitExecuting(Handle handle) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> connector.poll(handle, NO_SECRETS) instanceof PollResult.Running running
                                && running.progress() != null);
    }

    PollResult run(String statement, Map<String, ?> inputs) {
        return end(create(request(statement, inputs)));
    }

    TaskError fail(String statement) {
        return fail(statement, Map.of());
    }

    TaskError fail(String statement, Map<String, ?> inputs) {
        return ((PollResult.Failed) run(statement, inputs)).error();
    }

    /** What the statement wrote, each row's values in one line. */
    List<String> rows(String statement, Map<String, ?> inputs) throws Exception {
        PollResult result = run(statement, inputs);
        if (result instanceof PollResult.Succeeded succeeded) {
            return read(succeeded);
        }
        throw new AssertionError(result);
    }

    static Path file(PollResult.Succeeded succeeded) {
        return Path.of(java.net.URI.create(((StructuredDataset) succeeded.outputs().get("results")).uri()));
    }

    static List<String> read(PollResult.Succeeded succeeded) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var query = connection.prepareStatement("SELECT * FROM read_parquet(?)")) {
            query.setString(1, file(succeeded).toString());
            List<String> rows = new ArrayList<>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(String.valueOf(row.getObject(i)));
                    }
                    rows.add(String.join("|", values));
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws Exception {
        connector.close();
    }
}
