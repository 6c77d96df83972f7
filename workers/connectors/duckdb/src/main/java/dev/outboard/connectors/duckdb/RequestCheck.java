package dev.outboard.connectors.duckdb;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.TaskError;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/** What can be seen to be wrong with a request without running it. */
final class RequestCheck {
    static final String STATEMENT = "/template/sql/statement";
    static final String OUTPUT = "results";

    private RequestCheck() {}

    static Optional<TaskError> check(CreateRequest request, Path dataDir) {
        String statement = request.template().statement();
        if (statement == null || statement.isBlank()) {
            return Optional.of(TaskError.user("InvalidQuery",
                    "a duckdb task needs sql.statement: one statement that returns rows", STATEMENT));
        }
        for (String output : new TreeSet<>(request.template().outputs())) {
            if (!output.equals(OUTPUT)) {
                return Optional.of(TaskError.user("UnknownOutput", "a duckdb task has one output, named `" + OUTPUT
                        + "`; it cannot give `" + output + "`", "/template/interface/outputs/" + escape(output)));
            }
        }
        for (var input : request.inputs().entrySet()) {
            try {
                InputType.of(input.getValue());
            } catch (IllegalArgumentException e) {
                return Optional.of(TaskError.user("UnsupportedInput", "the input `" + input.getKey()
                        + "` cannot be given to DuckDB: " + e.getMessage(), "/inputs/" + escape(input.getKey())));
            }
        }
        try {
            OutputFolder.of(request.outputPrefix(), dataDir);
        } catch (IllegalArgumentException e) {
            return Optional.of(TaskError.user("UnsupportedOutputPrefix", String.valueOf(e.getMessage()),
                    "/output_prefix"));
        }
        return Optional.empty();
    }

    /** One step of a JSON pointer (RFC 6901). */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
