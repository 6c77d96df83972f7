package dev.outboard.connectors.snowflake;

import dev.outboard.support.UserFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A statement as Snowflake takes it: {@code ?} for each value, and the values in order. */
record Query(String sql, List<Bind> binds) {

    /** Without inputs the statement is as it is, percent signs and all, as for Python's driver. */
    static Query of(String statement, Map<String, @Nullable Object> inputs) throws UserFault {
        if (inputs.isEmpty()) {
            return new Query(statement, List.of());
        }
        var sql = new StringBuilder();
        var binds = new ArrayList<Bind>();
        for (var part : Pyformat.parse(statement).parts()) {
            switch (part) {
                case Pyformat.Text(var text) -> sql.append(text);
                case Pyformat.Placeholder(var name) -> {
                    known(name, inputs);
                    if (inputs.get(name) instanceof List<?> list) {
                        binds.addAll(Bind.all(name, list));
                        sql.append('(').append(String.join(", ", Collections.nCopies(list.size(), "?"))).append(')');
                    } else {
                        binds.add(Bind.of(name, inputs.get(name)));
                        sql.append('?');
                    }
                }
            }
        }
        return new Query(sql.toString(), List.copyOf(binds));
    }

    static void known(String name, Map<String, @Nullable Object> inputs) throws UserFault {
        if (!inputs.containsKey(name)) {
            throw new UserFault("UnknownInput", "the statement uses `%(" + name + ")s`, but the job has no input `"
                    + name + "`; it has " + String.join(", ", new TreeSet<>(inputs.keySet())), Pyformat.STATEMENT);
        }
    }
}
