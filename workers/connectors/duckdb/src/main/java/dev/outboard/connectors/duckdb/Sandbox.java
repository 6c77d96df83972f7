package dev.outboard.connectors.duckdb;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Opens an in-memory DuckDB of its own for one query, bounded and locked: SQL cannot undo what is set here. */
final class Sandbox {
    private Sandbox() {}

    /**
     * @param readable real paths of the folders that the query may touch; a query cannot write, it is a SELECT
     * @param spill a folder of this query's own, for what does not fit in memory; DuckDB lets the query read it too
     */
    static DuckDBConnection open(Settings settings, List<Path> readable, Path spill) throws SQLException {
        DuckDBConnection connection = DriverManager.getConnection("jdbc:duckdb:", new Properties())
                .unwrap(DuckDBConnection.class);
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings(settings, readable, spill)) {
                statement.execute("SET " + setting);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static List<String> settings(Settings settings, List<Path> readable, Path spill) {
        int cores = Runtime.getRuntime().availableProcessors();
        String folders = readable.stream().map(folder -> quote(folder + "/")).collect(Collectors.joining(", "));
        return List.of("threads = " + Math.max(1, cores / settings.threads()),
                "memory_limit = " + quote(settings.memoryLimit()),
                "max_temp_directory_size = " + quote(settings.spillLimit()),
                "temp_directory = " + quote(spill.toString()),
                // DuckDB 2.0.0 deadlocks now and then where a write is aborted while an async thread completes a
                // part of it (AsyncFileWriter's destructor against SchedulePendingWrites); with none it cannot
                "async_threads = 0",
                // the same answer on every machine
                "TimeZone = 'UTC'",
                // progress is counted only with the bar on, and read by Job, not printed
                "enable_progress_bar = true", "enable_progress_bar_print = false",
                "autoinstall_known_extensions = false", "autoload_known_extensions = false",
                "allow_community_extensions = false", "allow_persistent_secrets = false",
                "allowed_directories = [" + folders + "]",
                // the last two, in this order: nothing can be opened up after them
                "enable_external_access = false", "lock_configuration = true");
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
