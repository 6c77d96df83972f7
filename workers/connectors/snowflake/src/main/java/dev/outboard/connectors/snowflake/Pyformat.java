package dev.outboard.connectors.snowflake;

import dev.outboard.support.UserFault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A statement with placeholders as Python's drivers write them: {@code %(name)s}, and {@code %%} for a percent sign. */
record Pyformat(List<Part> parts) {
    static final String STATEMENT = "/template/sql/statement";
    private static final Pattern PERCENT = Pattern.compile("%(?:(%)|\\(([^()%]*)\\)(s)|)");

    sealed interface Part {}

    record Text(String sql) implements Part {}

    record Placeholder(String name) implements Part {}

    /** @throws UserFault for a percent sign that is neither */
    static Pyformat parse(String statement) throws UserFault {
        var parts = new ArrayList<Part>();
        var found = PERCENT.matcher(statement);
        int from = 0;
        while (found.find()) {
            parts.add(new Text(statement.substring(from, found.start())));
            if (found.group(2) != null) {
                parts.add(new Placeholder(found.group(2)));
            } else if (found.group(1) != null) {
                parts.add(new Text("%"));
            } else {
                throw new UserFault("InvalidPlaceholder", "the `%` at character " + (found.start() + 1)
                        + " begins no placeholder `%(name)s`; where a statement has inputs, a percent sign is `%%`",
                        STATEMENT);
            }
            from = found.end();
        }
        parts.add(new Text(statement.substring(from)));
        return new Pyformat(parts);
    }
}
