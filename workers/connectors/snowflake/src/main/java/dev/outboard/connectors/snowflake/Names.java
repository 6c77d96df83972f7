package dev.outboard.connectors.snowflake;

import java.util.Locale;

/** Names of databases, warehouses and roles. */
final class Names {
    private Names() {}

    /**
     * As Snowflake stores it. The Python driver, for which templates are written, takes a name as SQL does: upper case
     * unless it is quoted; the SQL API compares exactly.
     */
    static String stored(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toUpperCase(Locale.ROOT);
    }
}
