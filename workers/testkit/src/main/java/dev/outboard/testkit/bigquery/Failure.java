package dev.outboard.testkit.bigquery;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Why a job fails: an errorResult. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private static final Pattern MISSING = Pattern.compile("Catalog Error: (Table|View|Schema) with name .*",
            Pattern.DOTALL);

    private final String reason;

    Failure(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static Failure query(String message) {
        return new Failure("invalidQuery", message);
    }

    static Failure stopped() {
        return new Failure("stopped", "Job execution was cancelled: User requested cancellation");
    }

    String reason() {
        return reason;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** What DuckDB says, in BigQuery's words as far as there is one. Its error's class begins its message. */
    static Failure of(SQLException e, Iterable<Table> named) {
        var message = String.valueOf(e.getMessage());
        if (message.startsWith("INTERRUPT")) {
            return stopped();
        }
        if (message.startsWith("Out of Memory")) {
            return new Failure("resourcesExceeded", "Resources exceeded during query execution: " + message);
        }
        if (message.startsWith("TransactionContext Error")) {
            return query("Could not serialize access to table due to concurrent update: " + message);
        }
        if (MISSING.matcher(message).matches()) {
            var line = message.lines().findFirst().orElse("");
            for (var table : named) {
                if (line.contains(table.name())) {
                    return new Failure("notFound", "Not found: Table " + table + " was not found in location US");
                }
            }
        }
        return query(message.startsWith("Parser Error: ")
                ? "Syntax error: " + message.substring("Parser Error: ".length())
                : message);
    }
}
