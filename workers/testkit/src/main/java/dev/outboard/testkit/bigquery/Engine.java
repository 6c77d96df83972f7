package dev.outboard.testkit.bigquery;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One in-memory DuckDB that everything runs in. Queries run on a few platform threads, for a native call pins its carrier.
 * Only the newest {@value #ANONYMOUS} results that have no table of their own are kept.
 */
final class Engine implements AutoCloseable {
    private static final int ANONYMOUS = 5_000;
    private static final int THREADS = 2;
    private static final long ROW_BYTES = 40;

    private final DuckDBConnection main;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS,
            Thread.ofPlatform().daemon().name("bigquery-simulator-", 0).factory());
    private final Set<Table> anonymous = new LinkedHashSet<>();
    private final Set<String> datasets = new HashSet<>();

    Engine() {
        try {
            main = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
            try (var statement = main.createStatement()) {
                statement.execute("SET enable_external_access = false");
                statement.execute("SET memory_limit = '1GB'");
                statement.execute("SET threads = " + THREADS);
                statement.execute("SET TimeZone = 'UTC'");
            }
            Shakespeare.write(main);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot be had: " + e.getMessage(), e);
        }
    }

    /** Runs it some time soon. */
    void submit(Runnable run) {
        threads.execute(run);
    }

    /** A connection of its own, to be closed. */
    Connection connect() throws SQLException {
        return main.duplicate();
    }

    /** Sees to it that a table's dataset is there; by one thread at a time, for DuckDB lets two that make it conflict. */
    void dataset(Table table) throws SQLException {
        synchronized (datasets) {
            if (datasets.add(table.schema())) {
                try (var connection = connect(); var statement = connection.createStatement()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS " + table.schema());
                }
            }
        }
    }

    /** How many bytes reading all of these takes. */
    long bytes(Collection<Table> tables) throws SQLException {
        long bytes = 0;
        try (var connection = connect(); var statement = connection.createStatement()) {
            for (var table : tables) {
                if (exists(connection, table)) {
                    try (var rows = statement.executeQuery("SELECT count(*) FROM " + table.sql())) {
                        rows.next();
                        bytes += rows.getLong(1) * ROW_BYTES;
                    }
                }
            }
        }
        return bytes;
    }

    /** Asked of the table itself: a catalog of thousands of results is slow to look through. */
    static boolean exists(Connection connection, Table table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM " + table.sql() + " LIMIT 0");
            return true;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).startsWith("Catalog Error")) {
                return false;
            }
            throw e;
        }
    }

    /** Some rows of a table, or null if there is none of this name. */
    @Nullable
    Rows read(Table table, long from, long count) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            if (!exists(connection, table)) {
                return null;
            }
            try (var rows = statement
                    .executeQuery("SELECT * FROM " + table.sql() + " LIMIT " + count + " OFFSET " + from)) {
                return Rows.read(rows);
            }
        }
    }

    long count(Table table) throws SQLException {
        return bytes(Set.of(table)) / ROW_BYTES;
    }

    /** A result without a table of its own is there now; the oldest such may go. */
    synchronized void keep(Table result) throws SQLException {
        anonymous.add(result);
        if (anonymous.size() > ANONYMOUS) {
            Iterator<Table> oldest = anonymous.iterator();
            try (var connection = connect(); var statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + oldest.next().sql());
            }
            oldest.remove();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            main.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
