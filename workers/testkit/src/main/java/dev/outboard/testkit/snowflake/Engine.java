package dev.outboard.testkit.snowflake;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Snowflake's compute, which is a DuckDB in memory. Safe for many threads; each run has a connection of its own. */
final class Engine implements AutoCloseable {
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> COMPUTES = Set.of("select", "with", "insert", "update", "delete", "merge",
            "create");

    /** A run that can be stopped from another thread. */
    static final class Run {
        private @Nullable Statement executing;
        private boolean stopped;

        synchronized void stop() {
            stopped = true;
            if (executing != null) {
                try {
                    executing.cancel();
                } catch (SQLException e) {
                    // it has just ended
                }
            }
        }

        private synchronized boolean executes(@Nullable Statement statement) {
            executing = statement;
            return !stopped;
        }
    }

    /** What came of a run: one of the two is null. */
    record Outcome(@Nullable Table table, @Nullable SqlFault fault) {
        static Outcome of(SqlFault fault) {
            return new Outcome(null, fault);
        }
    }

    private final DuckDBConnection root;
    private final Clock clock;
    private final Function<HistoryCall, List<History.Row>> history;
    private final Set<String> schemas = ConcurrentHashMap.newKeySet();

    /** @param history answers a look into the query history */
    Engine(Clock clock, Function<HistoryCall, List<History.Row>> history) {
        this.clock = clock;
        this.history = history;
        try {
            root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
            try (var statement = root.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute("SET memory_limit = '512MB'");
                statement.execute("SET enable_external_access = false");
            }
            Samples.load(this);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    /** Runs it to its end. */
    Outcome run(Order order, Run run) {
        try (var connection = (DuckDBConnection) root.duplicate()) {
            enter(connection, order.session());
            return run(connection, order, run);
        } catch (SQLException e) {
            return Outcome.of(SqlFault.of(e));
        } catch (IllegalArgumentException e) {
            return Outcome.of(new SqlFault("001044", "42P13", "SQL compilation error:\n" + e.getMessage()));
        }
    }

    private Outcome run(DuckDBConnection connection, Order order, Run run) throws SQLException {
        int statements = Dialect.statements(order.sql());
        if (statements != 1) {
            return Outcome.of(SqlFault.statements(statements));
        }
        var verb = Dialect.verb(order.sql());
        var warehouse = order.session().warehouse();
        if (COMPUTES.contains(verb) && (warehouse == null || !upper(warehouse))) {
            return Outcome.of(SqlFault.noWarehouse());
        }
        if (verb.equals("explain")) {
            return Explain.run(connection, order, clock.instant());
        }
        var call = HistoryCall.in(order.sql(), order.session().user(), clock.instant());
        if (call != null) {
            History.fill(connection, history.apply(call));
        }
        var sql = Dialect.translate(call == null ? order.sql() : call.sql(), clock.instant());
        try (var statement = connection.prepareStatement(sql)) {
            if (!run.executes(statement)) {
                return Outcome.of(SqlFault.CANCELLED);
            }
            long changed = 0;
            int rows = Binding.rows(order.bindings());
            for (int row = 0; row < rows - 1; row++) {
                Binding.bind(statement, order.bindings(), row);
                changed += statement.executeUpdate();
            }
            Binding.bind(statement, order.bindings(), rows - 1);
            if (statement.execute()) {
                try (var result = statement.getResultSet()) {
                    return new Outcome(Table.read(result), null);
                }
            }
            changed += Math.max(0, statement.getLargeUpdateCount());
            return new Outcome(CHANGES.contains(verb)
                    ? Table.changed(verb, changed)
                    : Table.status("Statement executed successfully."), null);
        } finally {
            run.executes(null);
        }
    }

    /** A database or schema that is not there is made: a laptop's user names his own. Lower case is not found, as there. */
    private void enter(DuckDBConnection connection, Order.Session session) throws SQLException {
        var database = session.database();
        if (database == null || !upper(database)) {
            return;
        }
        var schema = session.schema() != null && upper(session.schema()) ? session.schema() : "PUBLIC";
        make(database, schema);
        try (var statement = connection.createStatement()) {
            statement.execute("SET search_path = '" + quoted(database) + "." + quoted(schema) + "'");
        }
    }

    private static boolean upper(String name) {
        return name.equals(name.toUpperCase(Locale.ROOT)) && name.matches("[A-Z_][A-Z0-9_$]*");
    }

    void make(String database, String schema) throws SQLException {
        if (schemas.contains(database + "." + schema)) {
            return;
        }
        synchronized (root) {
            try (var statement = root.createStatement()) {
                statement.execute("ATTACH IF NOT EXISTS ':memory:' AS " + quoted(database));
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(database) + "." + quoted(schema));
            }
            schemas.add(database + "." + schema);
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = root.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
