package dev.outboard.standalone.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With DuckDB, which the class path has. */
class PlanVerbTest {
    private static final Path EXAMPLES = Path.of("../../examples");
    @TempDir
    private Path data;

    private Cli plan(Path file, String... more) {
        var args = new ArrayList<>(List.of("plan", "-f", file.toString(), "--data", data.toString()));
        args.addAll(List.of(more));
        return Cli.run(args.toArray(String[]::new));
    }

    private Cli plan(String job, String... more) throws IOException {
        return plan(Files.writeString(data.resolve("job.json"), job), more);
    }

    @Test
    void whatCouldRunIsExplained() throws Exception {
        var file = EXAMPLES.resolve("duckdb-report.json");
        var told = plan(file);
        assertEquals(0, told.exit(), told.err());
        var lines = told.out().lines().toList();
        assertEquals(List.of("plan       the job could be created", "task type  duckdb"), lines.subList(0, 2));
        assertTrue(lines.get(2).startsWith("connector  DuckDB "), lines.get(2));
        assertTrue(lines.get(3).startsWith("explain    "), lines.get(3));
        assertTrue(lines.get(4).startsWith("           "), lines.get(4));
        assertEquals("next: run it with ./outboard run -f " + file, told.next());
        var json = new ObjectMapper().readTree(plan(file, "-o", "json").out());
        assertEquals("feasible", json.path("plan").asText());
        assertTrue(json.at("/info/explain").isTextual(), json.toString());
    }

    @Test
    void whatWouldFailIsToldAsGetTellsIt() throws Exception {
        var told = plan(EXAMPLES.resolve("bad/bad-sql.json"));
        assertEquals(1, told.exit(), told.err());
        assertTrue(told.out().contains("\nerror      USER InvalidQuery at /template/sql/statement\n"), told.out());
        assertEquals("next: mend the job file at /template/sql/statement and run it again", told.next());
        var json = new ObjectMapper().readTree(plan(EXAMPLES.resolve("bad/no-statement.json"), "-o", "json").out());
        assertEquals("refused", json.path("plan").asText());
        assertEquals("/template/sql/statement", json.at("/error/pointer").asText());
    }

    @ParameterizedTest
    @CsvSource({"no-template, invalid-request, /template", "wrong-type, invalid-request, /template/sql/statement",
            "bad-literal, invalid-request, /inputs/rows", "secret-value, secret-value, /connection/secrets"})
    void whatNoServerTakesIsRefusedInItsWords(String example, String code, String pointer) throws Exception {
        var told = plan(EXAMPLES.resolve("bad/" + example + ".json"));
        assertEquals(2, told.exit());
        assertTrue(told.err().startsWith("error: " + pointer + " "), told.err());
        assertTrue(told.err().contains("(" + code + ")"), told.err());
        assertFalse(told.next().isEmpty());
        assertFalse(told.err().contains("do-not-keep"), told.err());
        assertEquals("", told.out());
    }

    @Test
    void whatIsNotServedHereIsNamed() throws Exception {
        var type = plan(EXAMPLES.resolve("bad/unknown-type.json"));
        assertEquals(2, type.exit());
        assertTrue(type.err().contains("no connector serves the task type no_such_task_type; served are duckdb"),
                type.err());
        var version = plan("{\"template\":{\"type\":\"duckdb\",\"task_type_version\":7}}");
        assertEquals(2, version.exit());
        assertTrue(version.err().contains("has no such version; known are: 0"), version.err());
        assertEquals("next: mend the job file at /template/task_type_version", version.next());
        var two = plan("{\"template\":{\"type\":1,\"taskTypeVersion\":\"x\"}}");
        assertTrue(two.err().contains("\n  /template/taskTypeVersion: must be a whole number"), two.err());
        assertEquals(2, plan(data.resolve("nothing.json")).exit());
    }
}
