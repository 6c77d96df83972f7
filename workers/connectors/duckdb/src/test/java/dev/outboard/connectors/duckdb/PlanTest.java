package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Plan;
import dev.outboard.spi.TaskError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    private Path dir;

    private Plan plan(String statement, Map<String, ?> inputs) throws Exception {
        try (var bench = new Bench(dir, Map.of())) {
            return bench.connector.plan(bench.request(statement, inputs));
        }
    }

    private String explained(String statement, Map<String, ?> inputs) throws Exception {
        return (String) assertInstanceOf(Plan.Feasible.class, plan(statement, inputs)).info().get("explain");
    }

    private TaskError refused(String statement) throws Exception {
        return assertInstanceOf(Plan.Refused.class, plan(statement, Map.of())).error();
    }

    @Test
    void tellsWhatDuckDbWouldDoAndDoesNothing() throws Exception {
        var text = explained("SELECT sum(range) AS n FROM range($rows) WHERE range > $least -- all of them",
                Map.of("rows", 10_000_000_000_000L, "least", Duration.ofDays(1).toSeconds()));
        assertTrue(text.contains("Aggregate"), text);
        try (var files = Files.walk(dir)) {
            assertFalse(files.anyMatch(Files::isRegularFile), "nothing is written");
        }
    }

    @Test
    void everyKindOfInputCanStandInAPlan() throws Exception {
        var text = explained("SELECT $a + INTERVAL 1 DAY, $b, $c, $d;", Map.of("a", java.time.Instant.EPOCH, "b",
                Duration.ofHours(1), "c", java.util.List.of(1L, 2L), "d", "text"));
        assertFalse(text.isBlank());
    }

    @Test
    void whatDuckDbRefusesIsTheUsers() throws Exception {
        var missing = refused("SELECT *\nFROM nowhere");
        assertEquals(TaskError.Kind.USER, missing.kind());
        assertEquals("/template/sql/statement", missing.pointer());
        assertTrue(missing.message().contains("LINE 2: FROM nowhere"), missing.message());
        assertTrue(refused("selec 1").message().contains("selec"));
        assertEquals("NotPermitted", refused("FROM '/etc/passwd.csv'").code());
        assertEquals("InvalidQuery", refused("CREATE TABLE t (a INT)").code());
        assertEquals("InvalidQuery", refused(" ").code());
        assertEquals("/inputs/rows", refused("SELECT $rows").pointer());
    }

    @Test
    void aLongPlanIsCutBetweenLines() throws Exception {
        var statement = new StringBuilder("SELECT 1 AS n");
        for (int i = 0; i < 200; i++) {
            statement.append(" UNION ALL SELECT ").append(i).append(" + sum(range) FROM range(").append(i).append(")");
        }
        var text = explained(statement.toString(), Map.of());
        assertTrue(text.length() <= Explanation.MAX_LENGTH + 2, "" + text.length());
        assertTrue(text.endsWith("\n…"), text.substring(text.length() - 100));
    }
}
