package dev.outboard.connectors.duckdb;

import dev.outboard.testkit.conformance.ConnectorConformance;
import dev.outboard.testkit.conformance.Subject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest extends ConnectorConformance {
    @TempDir
    Path folder;
    private int subjects;

    @Override
    protected Subject subject() throws IOException {
        return new DuckDbSubject(folder.resolve("subject-" + ++subjects));
    }
}
