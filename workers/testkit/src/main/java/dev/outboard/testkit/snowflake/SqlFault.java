package dev.outboard.testkit.snowflake;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Why a statement failed, in Snowflake's words and codes. */
record SqlFault(String code, String sqlState, String message) {
    static final SqlFault CANCELLED = new SqlFault("000604", "57014", "SQL execution canceled");

    private static final Pattern TABLE = Pattern.compile("Table with name \"?([^\" ]+)\"? does not exist");
    private static final Pattern COLUMN = Pattern.compile("Referenced column \"([^\"]+)\" not found");
    private static final Pattern FUNCTION = Pattern.compile("Function with name \"?([^\" ]+)\"? does not exist");

    static SqlFault timedOut(long seconds) {
        return new SqlFault("000630", "57014", "Statement reached its statement or warehouse timeout of " + seconds
                + " second(s) and was canceled.");
    }

    static SqlFault statements(int count) {
        return new SqlFault("000008", "0A000", "Actual statement count " + count
                + " did not match the desired statement count 1.");
    }

    static SqlFault noWarehouse() {
        return new SqlFault("000606", "57P03", "No active warehouse selected in the current session. Select an active"
                + " warehouse with the 'use warehouse' command.");
    }

    static SqlFault of(SQLException thrown) {
        var said = String.valueOf(thrown.getMessage());
        var first = said.lines().findFirst().orElse(said);
        if (said.startsWith("INTERRUPT") || said.contains("Interrupted!")) {
            return CANCELLED;
        }
        var table = TABLE.matcher(said);
        if (table.find()) {
            return new SqlFault("002003", "42S02", "SQL compilation error:\nObject '" + upper(table.group(1))
                    + "' does not exist or not authorized.");
        }
        var column = COLUMN.matcher(said);
        if (column.find()) {
            return new SqlFault("000904", "42000", "SQL compilation error: error line 1 at position 7\ninvalid"
                    + " identifier '" + upper(column.group(1)) + "'");
        }
        var function = FUNCTION.matcher(said);
        if (function.find()) {
            return new SqlFault("002140", "42601", "SQL compilation error:\nUnknown function "
                    + upper(function.group(1)));
        }
        return switch (first.substring(0, Math.max(0, first.indexOf(" Error")))) {
            case "Parser", "Syntax" -> new SqlFault("001003", "42000", "SQL compilation error:\n" + first);
            case "Catalog" -> new SqlFault("002003", "42S02", "SQL compilation error:\n" + first);
            case "Binder" -> new SqlFault("002028", "42601", "SQL compilation error:\n" + first);
            case "Conversion", "Invalid Input", "Out of Range", "Mismatch Type" ->
                new SqlFault("100038", "22018", first);
            case "Constraint" -> new SqlFault("100072", "22000", "NULL result in a non-nullable column: " + first);
            default -> new SqlFault("000603", "XX000",
                    "SQL execution internal error:\nProcessing aborted by error 300010; incident 1234567: " + first);
        };
    }

    private static String upper(String name) {
        return name.toUpperCase(java.util.Locale.ROOT);
    }
}
