package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One query on its way through DuckDB. Safe for many threads; {@link #go} once. */
final class Run {
    /** BigQuery bills at least so much for each table that is read. */
    private static final long LEAST_BILLED = 10L << 20;

    private final Engine engine;
    private final String project;
    private final JsonNode query;
    private final Table destination;
    private final boolean named;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile String verb = "SELECT";
    private volatile @Nullable Failure failure;
    private volatile @Nullable Table result;
    private volatile long processed;
    private volatile long billed;
    private volatile long affected = -1;
    private @Nullable Statement running;
    private boolean cancelled;

    /**
     * @param query {@code configuration.query}
     * @param destination where rows go
     * @param named false if that is a table for this result alone
     */
    Run(Engine engine, String project, JsonNode query, Table destination, boolean named) {
        this.engine = engine;
        this.project = project;
        this.query = query;
        this.destination = destination;
        this.named = named;
    }

    /** Runs to its end, whatever that is. */
    void go() {
        try {
            run();
        } catch (Failure e) {
            failure = e;
        } catch (SQLException | RuntimeException e) {
            failure = new Failure("internalError", String.valueOf(e.getMessage()));
        } finally {
            done.countDown();
        }
    }

    private void run() throws Failure, SQLException {
        var statements = statements();
        var tables = new LinkedHashSet<Table>();
        statements.forEach(statement -> tables.addAll(statement.tables()));
        verb = statements.size() > 1 ? "SCRIPT" : verb(statements.getFirst());
        try (var connection = engine.connect()) {
            price(tables);
            for (var statement : statements) {
                execute(connection, statement);
            }
        } catch (SQLException e) {
            throw Failure.of(e, tables);
        }
    }

    private List<Dialect.Statement> statements() throws Failure {
        if (query.path("useLegacySql").asBoolean(true)) {
            throw Failure.query("This simulator knows GoogleSQL alone: set useLegacySql to false");
        }
        var dataset = query.path("defaultDataset").path("datasetId").asText(null);
        return new Dialect(query.path("defaultDataset").path("projectId").asText(project), dataset,
                Parameters.literals(query)).statements(query.path("query").asText());
    }

    /** What a dry run tells; the failure is what the request is refused with. */
    static Run dry(Engine engine, String project, JsonNode query) throws Failure {
        var run = new Run(engine, project, query, new Table(project, "_", "_"), false);
        var statements = run.statements();
        run.verb = statements.size() > 1 ? "SCRIPT" : verb(statements.getFirst());
        Set<Table> tables = new LinkedHashSet<>(statements.getFirst().tables());
        try (var connection = engine.connect(); var statement = connection.createStatement()) {
            run.price(tables);
            run.defaultDataset(connection);
            if (statements.getFirst().selects()) {
                statement.execute("EXPLAIN " + statements.getFirst().sql());
            }
        } catch (SQLException e) {
            throw Failure.of(e, tables);
        }
        return run;
    }

    private void price(Set<Table> tables) throws SQLException, Failure {
        processed = engine.bytes(tables);
        billed = processed == 0 ? 0 : Math.max(processed, LEAST_BILLED * tables.size());
        var most = query.path("maximumBytesBilled");
        if (!most.isMissingNode() && billed > most.asLong()) {
            throw new Failure("bytesBilledLimitExceeded", "Query exceeded limit for bytes billed: " + most.asLong()
                    + ". " + billed + " or higher required.");
        }
    }

    private void defaultDataset(Connection connection) throws SQLException {
        var dataset = query.path("defaultDataset");
        if (dataset.isObject()) {
            var table = new Table(dataset.path("projectId").asText(project), dataset.path("datasetId").asText(), "_");
            engine.dataset(table);
            try (var statement = connection.createStatement()) {
                statement.execute("USE " + table.schema());
            }
        }
    }

    private void execute(Connection connection, Dialect.Statement sql) throws SQLException, Failure {
        defaultDataset(connection);
        try (var statement = connection.createStatement()) {
            begin(statement);
            if (sql.selects()) {
                Destination.write(engine, connection, statement, sql.sql(), destination, query, named);
                if (!named) {
                    engine.keep(destination);
                }
                result = destination;
                return;
            }
            if (!sql.verb().matches("CREATE|INSERT|UPDATE|DELETE|MERGE|DROP|TRUNCATE|ALTER")) {
                throw Failure.query("Syntax error: Unexpected keyword " + sql.verb());
            }
            if (sql.creates() && !sql.tables().isEmpty()) {
                result = sql.tables().iterator().next();
                engine.dataset(result);
            }
            int rows = statement.executeUpdate(sql.sql());
            affected = sql.verb().matches("INSERT|UPDATE|DELETE|MERGE") ? rows : affected;
        } finally {
            begin(null);
        }
    }

    private static String verb(Dialect.Statement statement) {
        return statement.creates()
                ? statement.sql().matches("(?is).*\\bAS\\b.*") ? "CREATE_TABLE_AS_SELECT" : "CREATE_TABLE"
                : statement.verb();
    }

    private synchronized void begin(@Nullable Statement statement) throws Failure {
        running = statement;
        if (cancelled && statement != null) {
            throw Failure.stopped();
        }
    }

    /** Interrupts what runs now, and lets nothing more begin; what has ended already stays as it is. */
    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                // it has ended just now
            }
        }
    }

    boolean done() {
        return done.getCount() == 0;
    }

    void await() throws InterruptedException {
        done.await(30, TimeUnit.SECONDS);
    }

    String verb() {
        return verb;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** The table that holds the rows, once there are any. */
    @Nullable
    Table result() {
        return result;
    }

    long processed() {
        return processed;
    }

    long billed() {
        return billed;
    }

    /** Of the last change of rows; -1 where there was none. */
    long affected() {
        return affected;
    }
}
