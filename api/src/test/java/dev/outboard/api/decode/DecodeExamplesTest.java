package dev.outboard.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Value;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.Sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");

    static List<Path> good() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static CreateTaskRequest decode(String name) throws Exception {
        return CreateDecoder.decode(Files.readAllBytes(EXAMPLES.resolve(name)), Unknown.REFUSED).request();
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyGoodExampleDecodesStrictlyAndSurvivesTheLog(Path file) throws Exception {
        var request = CreateDecoder.decode(Files.readAllBytes(file), Unknown.REFUSED).request();
        assertFalse(request.getTemplate().getType().isEmpty());
        assertEquals(request, Spec.unpack(Spec.pack(request)));
        assertEquals(request, CreateDecoder.decode(Files.readAllBytes(file), Unknown.IGNORED).request());
    }

    @Test
    void thereAreExamples() throws Exception {
        assertTrue(good().size() >= 7, () -> "examples at " + EXAMPLES.toAbsolutePath());
    }

    @Test
    void plainInputsBecomeLiteralsOfTheirDeclaredType() throws Exception {
        var duckdb = decode("duckdb-report.json");
        assertEquals(10_000_000,
                duckdb.getInputs().getLiteralsOrThrow("rows").getScalar().getPrimitive().getInteger());
        assertEquals(Dialect.ANSI, duckdb.getTemplate().getSql().getDialect());
        var snowflake = decode("snowflake-v2.json").getInputs().getLiteralsOrThrow("id").getCollection();
        assertEquals(List.of(1L, 2L, 3L),
                snowflake.getLiteralsList().stream().map(l -> l.getScalar().getPrimitive().getInteger()).toList());
    }

    @Test
    void literalsAndDoublesArriveAsTheyAre() throws Exception {
        var databricks = decode("databricks.json");
        assertEquals(50,
                databricks.getInputs().getLiteralsOrThrow("partitions").getScalar().getPrimitive().getInteger());
        Value conf = databricks.getTemplate().getCustom().getFieldsOrThrow("databricksConf");
        assertEquals(3600.0, conf.getStructValue().getFieldsOrThrow("timeout_seconds").getNumberValue());
        assertEquals(2, decode("bigquery.json").getTemplate().getMetadata().getRetries().getRetries());
    }

    @ParameterizedTest
    @CsvSource({"no-template.json,/template", "wrong-type.json,/template/sql/statement",
            "bad-literal.json,/inputs/rows"})
    void badExamplesPointToWhatIsWrong(String name, String pointer) throws Exception {
        var body = Files.readAllBytes(EXAMPLES.resolve("bad").resolve(name));
        for (var unknown : Unknown.values()) {
            var refused = assertThrows(Undecodable.class, () -> CreateDecoder.decode(body, unknown));
            assertEquals(Undecodable.Kind.INVALID, refused.kind());
            assertEquals(List.of(pointer), refused.violations().stream().map(Violation::pointer).toList());
        }
    }

    @Test
    void brokenOffTextTellsWhere() throws Exception {
        var body = Files.readAllBytes(EXAMPLES.resolve("bad/not-json.json"));
        var refused = assertThrows(Undecodable.class, () -> CreateDecoder.decode(body, Unknown.IGNORED));
        assertEquals(Undecodable.Kind.MALFORMED, refused.kind());
        assertTrue(refused.why().startsWith("the text breaks off at line "), refused.why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-statement.json", "bad-sql.json", "unknown-type.json",
            "snowflake-missing-warehouse.json",
            "databricks-no-compute.json"})
    void whatOnlyAConnectorKnowsDecodes(String name) throws Exception {
        assertFalse(decode("bad/" + name).getTemplate().getType().isEmpty());
    }
}
