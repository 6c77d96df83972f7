package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told, and what they may hand over, is what the code does. */
class DocTest {

    @Test
    void thePageNamesAllThatThereIs() throws Exception {
        var page = Files.readString(Path.of("../../../docs/connectors/bigquery.md"));
        Stream.of(QueryConfig.HONOURED, BigQuerySettings.NAMES, Reasons.known())
                .flatMap(names -> names.stream())
                .forEach(name -> assertTrue(page.contains("`" + name + "`"), name + " is not told"));
    }

    @ParameterizedTest
    @CsvSource({"bigquery-missing-project.json, MissingField, /template/custom/ProjectID",
            "bigquery-wrong-type.json, WrongType, /template/custom/maximumBytesBilled",
            "bigquery-no-statement.json, MissingField, /template/sql/statement"})
    void badExamplesArePointedAt(String file, String code, String pointer) throws Exception {
        try (var bench = new Bench()) {
            var error = bench.connector.check(Requests.example(Requests.key(0), "bad/" + file)).orElseThrow();
            assertEquals(code, error.code());
            assertEquals(pointer, error.pointer());
            assertEquals(0, bench.simulator.requests());
        }
    }
}
