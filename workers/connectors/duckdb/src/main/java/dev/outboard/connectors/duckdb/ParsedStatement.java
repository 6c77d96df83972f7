package dev.outboard.connectors.duckdb;

import dev.outboard.spi.TaskError;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A user's statement, read by DuckDB's own parser: certainly one statement, certainly a SELECT of some kind.
 *
 * <p>
 * The driver binds parameters by position only, so {@code $rows} is rewritten to {@code $1}. The parser tells where each
 * parameter stands; a tokenizer of ours would have to agree with it about every string, comment and dollar quote.
 *
 * @param sql the statement with numbered parameters and without a closing semicolon; it can stand in parentheses if these
 *     are on lines of their own
 * @param values what to bind to {@code $1}, {@code $2}, …
 */
record ParsedStatement(String sql, List<Value> values) {

    record Value(InputType type, @Nullable Object value) {}

    private record Parameter(int start, int end, String name) {}

    // The text of a JSON string has its quotes escaped, so this cannot match inside one. json_tree would say the same
    // more plainly, but takes a gigabyte for a statement of one megabyte.
    private static final String NODE = "\"class\":\"PARAMETER\",\"type\":\"VALUE_PARAMETER\","
            + "\"alias\":\"(?:[^\"\\\\]|\\\\.)*\",(\"query_location\":[0-9]+,\"query_location_length\":[0-9]+,"
            + "\"identifier\":\"(?:[^\"\\\\]|\\\\.)*\")";

    private static final String VERDICT = """
            WITH parsed AS MATERIALIZED (SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS JSON) AS tree)
            SELECT tree->>'$.error_type', tree->>'$.error_message', json_array_length(tree, '$.statements'),
                   json_array_length(tree, '$.statements[0].named_param_map')
            FROM parsed""";

    private static final String PARAMETERS = """
            WITH found AS (SELECT unnest(regexp_extract_all(json_serialize_sql(CAST($1 AS VARCHAR)), $2, 1)) AS node),
                 nodes AS (SELECT CAST('{' || node || '}' AS JSON) AS node FROM found)
            SELECT DISTINCT CAST(node->>'$.query_location' AS BIGINT) AS start,
                   CAST(node->>'$.query_location_length' AS BIGINT) AS length, node->>'$.identifier' AS name
            FROM nodes ORDER BY start""";

    /**
     * @throws UserFault if it is not one statement that returns rows, or an input is missing
     * @throws SQLException with DuckDB's own words if it cannot be parsed
     */
    static ParsedStatement parse(String written, Map<String, @Nullable Object> inputs, DuckDBConnection connection)
            throws SQLException, UserFault {
        int named = verdict(written, connection);
        String statement = withoutSemicolon(written, connection);
        List<Parameter> parameters = named == 0 ? List.of() : parameters(statement, connection);
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Value> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int copied = 0;
        for (Parameter parameter : parameters) {
            if (text[parameter.start()] != '$') {
                throw fault("InvalidQuery", "the statement has a parameter without a name, `?`; write $name, with the"
                        + " name of an input");
            }
            String key = key(parameter.name(), inputs);
            Integer number = numbers.get(key);
            if (number == null) {
                number = numbers.size() + 1;
                numbers.put(key, number);
                values.add(new Value(InputType.of(inputs.get(key)), inputs.get(key)));
            }
            sql.append(new String(text, copied, parameter.start() - copied, StandardCharsets.UTF_8));
            boolean interval = values.get(number - 1).type().equals(InputType.INTERVAL);
            sql.append(interval ? "CAST($" + number + " AS INTERVAL)" : "$" + number);
            copied = parameter.end();
        }
        sql.append(new String(text, copied, text.length - copied, StandardCharsets.UTF_8));
        long distinct = parameters.stream()
                .map(parameter -> parameter.name().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (distinct != named) {
            throw new IllegalStateException("DuckDB counts " + named + " parameters, but shows " + distinct);
        }
        return new ParsedStatement(sql.toString(), List.copyOf(values));
    }

    /** Gives each parameter its value. */
    void bind(DuckDBPreparedStatement query, DuckDBConnection connection) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            query.setObject(i + 1, values.get(i).type().bind(values.get(i).value(), connection));
        }
    }

    /** The number of parameters. */
    private static int verdict(String statement, DuckDBConnection connection) throws SQLException, UserFault {
        try (PreparedStatement query = connection.prepareStatement(VERDICT)) {
            query.setString(1, statement);
            try (var row = query.executeQuery()) {
                row.next();
                String error = row.getString(1);
                if ("parser".equals(error)) {
                    // never executes: it cannot be parsed; but says where, with the line and a caret
                    connection.prepareStatement(statement).close();
                    throw new SQLException("Parser Error: " + row.getString(2));
                }
                if (error != null) {
                    throw fault("InvalidQuery", "the statement must return rows: a SELECT, FROM, VALUES, DESCRIBE,"
                            + " SUMMARIZE, or a PIVOT that lists its values (ON … IN (…)). A worker's DuckDB keeps no"
                            + " tables; nothing else is run");
                }
                int statements = row.getInt(3);
                if (statements != 1) {
                    throw fault("InvalidQuery", statements == 0
                            ? "there is no statement, only comments or semicolons"
                            : "there are " + statements + " statements; a duckdb task runs exactly one");
                }
                return row.getInt(4);
            }
        }
    }

    private static List<Parameter> parameters(String statement, DuckDBConnection connection) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(PARAMETERS)) {
            query.setString(1, statement);
            query.setString(2, NODE);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    int start = Math.toIntExact(row.getLong(1));
                    parameters.add(new Parameter(start, Math.addExact(start, Math.toIntExact(row.getLong(2))),
                            row.getString(3)));
                }
            }
        }
        return parameters;
    }

    /** The input of this name; as everywhere in SQL, its case does not matter if no other input differs by case alone. */
    private static String key(String name, Map<String, @Nullable Object> inputs) throws UserFault {
        if (inputs.containsKey(name)) {
            return name;
        }
        List<String> alike = inputs.keySet().stream().filter(name::equalsIgnoreCase).toList();
        if (alike.size() == 1) {
            return alike.getFirst();
        }
        throw new UserFault(TaskError.user("MissingInput",
                "the statement uses $" + name + ", but there is no such input; the inputs are "
                        + (inputs.isEmpty() ? "none" : String.join(", ", inputs.keySet())),
                "/inputs/" + RequestCheck.escape(name)));
    }

    /**
     * A closing semicolon cannot stand in parentheses. A semicolon closes if what follows it is blank or comment to the
     * parser, and what precedes it is a statement; a comment after it may have semicolons of its own.
     */
    private static String withoutSemicolon(String statement, DuckDBConnection connection) throws SQLException {
        String rest = statement;
        int at = statement.length();
        // each costs two parses; nobody writes more
        for (int tried = 0; tried < 20 && (at = statement.lastIndexOf(';', at - 1)) >= 0; tried++) {
            if (count(statement.substring(at + 1), connection) == 0
                    && count(statement.substring(0, at), connection) == 1) {
                while (at > 0
                        && (statement.charAt(at - 1) == ';' || Character.isWhitespace(statement.charAt(at - 1)))) {
                    at--;
                }
                rest = statement.substring(0, at);
            }
            if (at == 0) {
                break;
            }
        }
        return rest;
    }

    /** How many statements the text has, or -1 if it cannot be parsed. */
    private static int count(String text, DuckDBConnection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERDICT)) {
            query.setString(1, text);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getString(1) == null ? row.getInt(3) : -1;
            }
        }
    }

    private static UserFault fault(String code, String message) {
        return new UserFault(TaskError.user(code, message, RequestCheck.STATEMENT));
    }
}
