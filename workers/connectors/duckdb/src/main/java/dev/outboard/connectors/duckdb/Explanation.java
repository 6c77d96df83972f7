package dev.outboard.connectors.duckdb;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/** What DuckDB would do for a request's statement, by its own EXPLAIN, in a sandbox as the statement itself would have. */
final class Explanation {
    /** So many characters of a plan are shown. */
    static final int MAX_LENGTH = 8 * 1024;

    private Explanation() {}

    /** @param dataDir of the connector */
    static Plan of(CreateRequest request, Settings settings, Path dataDir) {
        try {
            Path spill = Files.createDirectories(dataDir.toAbsolutePath().resolve("spill")).toRealPath();
            try (DuckDBConnection connection = Sandbox.open(settings, settings.folders(), spill)) {
                String written = Objects.requireNonNull(request.template().statement());
                ParsedStatement statement = ParsedStatement.parse(written, request.inputs(), connection);
                // on lines of its own, as Query has it: it may end in a comment
                try (DuckDBPreparedStatement explain = connection.prepare("EXPLAIN (\n" + statement.sql() + "\n)")) {
                    statement.bind(explain, connection);
                    return new Plan.Feasible(Map.of("explain", text(explain)));
                } catch (SQLException e) {
                    throw Query.inTheUsersWords(e, written, connection);
                }
            }
        } catch (SQLException | IOException | RuntimeException | UserFault e) {
            return new Plan.Refused(Failures.of(e, settings));
        }
    }

    private static String text(DuckDBPreparedStatement explain) throws SQLException {
        try (var row = explain.executeQuery()) {
            StringBuilder text = new StringBuilder();
            while (row.next()) {
                text.append(row.getString(2));
            }
            int end = text.lastIndexOf("\n", MAX_LENGTH);
            return text.length() <= MAX_LENGTH ? text.toString().stripTrailing() : text.substring(0, end) + "\n…";
        }
    }
}
