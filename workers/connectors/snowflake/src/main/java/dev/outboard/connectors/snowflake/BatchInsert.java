package dev.outboard.connectors.snowflake;

import dev.outboard.support.UserFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Flyte 2's batch form: the one {@code VALUES (…)} of an INSERT is written once for each element of its inputs, which are
 * lists of the same length.
 */
final class BatchInsert {
    private static final Pattern TOKEN = Pattern.compile("'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"]++|\"\")*+\"|--[^\n]*"
            + "|/\\*(?s:.*?)\\*/|(\\bvalues\\s*\\()|([()])", Pattern.CASE_INSENSITIVE);

    private BatchInsert() {}

    static Query of(String statement, Map<String, @Nullable Object> inputs) throws UserFault {
        int[] row = row(statement);
        var template = statement.substring(row[0], row[1]);
        var head = Query.of(statement.substring(0, row[0]), inputs);
        var tail = Query.of(statement.substring(row[1]), inputs);
        int rows = rows(template, inputs);
        var sql = new ArrayList<String>(rows);
        var binds = new ArrayList<>(head.binds());
        for (int i = 0; i < rows; i++) {
            var one = Query.of(template, new Element(inputs, i).values());
            sql.add(one.sql());
            binds.addAll(one.binds());
        }
        binds.addAll(tail.binds());
        return new Query(head.sql() + String.join(", ", sql) + tail.sql(), List.copyOf(binds));
    }

    /** Where the parenthesis after VALUES begins and ends. */
    private static int[] row(String statement) throws UserFault {
        int begin = -1;
        int end = -1;
        int depth = 0;
        var found = TOKEN.matcher(statement);
        while (found.find()) {
            if (found.group(1) != null) {
                if (begin >= 0) {
                    throw form("it has more than one `VALUES (…)`");
                }
                begin = found.end() - 1;
                depth = 1;
            } else if (found.group(2) != null && depth > 0) {
                depth += found.group(2).equals("(") ? 1 : -1;
                end = depth == 0 ? found.end() : end;
            }
        }
        if (begin < 0 || end < 0) {
            throw form(begin < 0 ? "it has none" : "its parenthesis is not closed");
        }
        return new int[]{begin, end};
    }

    private static UserFault form(String why) {
        return new UserFault("InvalidBatch", "with `batch` the statement must have exactly one `VALUES (…)`: " + why,
                Pyformat.STATEMENT);
    }

    private static int rows(String template, Map<String, @Nullable Object> inputs) throws UserFault {
        int rows = -1;
        var first = "";
        for (var part : Pyformat.parse(template).parts()) {
            if (part instanceof Pyformat.Placeholder(var name)) {
                Query.known(name, inputs);
                if (!(inputs.get(name) instanceof List<?> list) || list.isEmpty()) {
                    throw new UserFault("InvalidBatch",
                            "with `batch` the input `" + name + "` must be a list with at least one element",
                            Bind.pointer(name));
                }
                if (rows >= 0 && list.size() != rows) {
                    throw new UserFault("InvalidBatch", "with `batch` all lists must be of one length: `" + first
                            + "` has " + rows + " elements, `" + name + "` has " + list.size(), Bind.pointer(name));
                }
                first = rows < 0 ? name : first;
                rows = list.size();
            }
        }
        if (rows < 0) {
            throw form("this one has no placeholder in it");
        }
        return rows;
    }

    /** The inputs of one row. */
    private record Element(Map<String, @Nullable Object> inputs, int index) {
        Map<String, @Nullable Object> values() {
            var values = new java.util.HashMap<String, @Nullable Object>();
            inputs.forEach((name, value) -> values.put(name,
                    value instanceof List<?> list && index < list.size() ? list.get(index) : value));
            return values;
        }
    }
}
