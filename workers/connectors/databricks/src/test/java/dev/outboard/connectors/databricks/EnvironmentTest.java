package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code DATABRICKS_HOST}, {@code DATABRICKS_TOKEN} and the like in a worker's environment change nothing. */
class EnvironmentTest {
    /** All of the SDK that reads the process' environment: its configuration, and what makes one. */
    @ParameterizedTest
    @ValueSource(strings = {"DatabricksConfig", "ConfigLoader", "WorkspaceClient", "AccountClient", "JobsAPI",
            "DefaultCredentialsProvider", "CommonsHttpClient"})
    void nothingThatReadsTheEnvironmentIsUsed(String type) throws Exception {
        try (var classes = Files.walk(Path.of("target/classes"))) {
            for (var file : classes.filter(each -> each.toString().endsWith(".class")).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertTrue(!text.contains("/" + type), file + " uses " + type);
            }
        }
    }
}
