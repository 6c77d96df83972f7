package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Blob;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StructuredDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
    @TempDir
    static Path data;
    private static Bench bench;

    @BeforeAll
    static void open() throws Exception {
        bench = new Bench(data, Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        bench.close();
    }

    private static void arrives(Object value, String type, String shown) throws Exception {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("v", value);
        assertEquals(List.of(type + "|" + shown),
                bench.rows("SELECT typeof($v) AS t, CAST($v AS VARCHAR) AS s", inputs));
    }

    @Test
    void scalarsArrive() throws Exception {
        arrives(Long.MIN_VALUE, "BIGINT", "-9223372036854775808");
        arrives(0.1, "DOUBLE", "0.1");
        arrives(true, "BOOLEAN", "true");
        // UNKNOWN: it casts to other types as a string literal does
        arrives("ü\n'\"$v", "UNKNOWN", "ü\n'\"$v");
        arrives(Instant.parse("2026-03-29T01:30:00.123456Z"), "TIMESTAMP WITH TIME ZONE",
                "2026-03-29 01:30:00.123456+00");
        arrives(Duration.ofMillis(-90_061_001), "INTERVAL", "-25:01:01.001");
        arrives(new byte[]{0, 'a', -1}, "BLOB", "\\x00a\\xFF");
        arrives(new StructuredDataset("s3://b/k", "parquet"), "UNKNOWN", "s3://b/k");
        arrives(new Blob("s3://b/blob", ""), "UNKNOWN", "s3://b/blob");
        arrives(null, "\"NULL\"", "null");
    }

    @Test
    void collectionsArrive() throws Exception {
        arrives(List.of(), "\"NULL\"[]", "[]");
        arrives(Arrays.asList(1L, null, 2.5), "DOUBLE[]", "[1.0, NULL, 2.5]");
        arrives(List.of(List.of("a"), List.of()), "VARCHAR[][]", "[[a], []]");
        arrives(List.of(Duration.ofSeconds(1)), "INTERVAL[]", "['00:00:01']");
        arrives(List.of(Instant.EPOCH), "TIMESTAMP WITH TIME ZONE[]", "['1970-01-01 00:00:00+00']");
        arrives(Map.of("a", 1L), "MAP(VARCHAR, BIGINT)", "{a=1}");
        arrives(Map.of(), "MAP(VARCHAR, \"NULL\")", "{}");
        arrives(new TreeMap<>(Map.of("a", 1L, "b c", List.of("x"))), "STRUCT(a BIGINT, \"b c\" VARCHAR[])",
                "{'a': 1, 'b c': [x]}");
        arrives(List.of(new TreeMap<>(Map.of("a", 1L, "b", "x")), Map.of("a", 2.5)), "STRUCT(a DOUBLE, b VARCHAR)[]",
                "[{'a': 1.0, 'b': x}, {'a': 2.5, 'b': NULL}]");
        arrives(new TreeMap<>(Map.of("a\" BIGINT); --", 1L, "b", "x")),
                "STRUCT(\"a\"\" BIGINT); --\" BIGINT, b VARCHAR)", "{'a\" BIGINT); --': 1, 'b': x}");
    }

    @Test
    void inputsStayValues() throws Exception {
        for (String attack : List.of("'; DROP TABLE x; --", "1) TO '/tmp/x' (FORMAT csv); --", "$1", "\u0000", "\\'",
                "$$", "' OR 1=1 --")) {
            assertEquals(List.of(attack), bench.rows("SELECT $v AS v", Map.of("v", attack)));
            assertEquals(List.of(), bench.rows("SELECT 1 AS v WHERE 'x' = $v", Map.of("v", attack)));
        }
    }

    @Test
    void onlyWhatTheStatementMentionsIsBound() throws Exception {
        String statement = """
                SELECT 'é $no' AS "$no", $$ $no $$ AS b, $t$ $no $t$ AS c, -- $no
                /* $no /* $no */ $no */ E'\\'$no' AS d, $b + $a AS sum, $B AS again, $"a" AS quoted, 1 AS a$no
                FROM range($n) LIMIT $n""";
        assertEquals(List.of("é $no| $no | $no |'$no|3|2|1|1"),
                bench.rows(statement, Map.of("a", 1L, "b", 2L, "n", 1L, "unused", "x")));
    }

    @Test
    void parametersStandWhereverExpressionsDo() throws Exception {
        var inputs = Map.of("n", 3L, "d", Duration.ofDays(1), "l", List.of(1L, 2L), "m", Map.of("k", "v"), "s", "a%");
        assertEquals(List.of("1|2026-01-02 00:00:00.0|v|true", "2|2026-01-02 00:00:00.0|v|true"), bench.rows("""
                WITH t AS (SELECT i FROM range($n) t(i) WHERE i IN $l OR i BETWEEN $n AND $n)
                SELECT i, DATE '2026-01-01' + $d AS day, $m['k'] AS m, 'abc' LIKE $s AS s
                FROM t GROUP BY ALL HAVING count(*) < $n ORDER BY i LIMIT $n OFFSET $n - 3""", inputs));
    }

    @Test
    void datasetOfAConfiguredFolderCanBeRead() throws Exception {
        try (Bench writer = new Bench(Files.createDirectory(data.resolve("it's")), Map.of());
                Bench reader = new Bench(data, Map.of("folders", writer.data.toString()))) {
            var file = Bench.file((PollResult.Succeeded) writer.run("FROM range(3)", Map.of()));
            var dataset = new StructuredDataset(file.toUri().toString(), "parquet");
            assertEquals(List.of("3.0"),
                    reader.rows("SELECT sum(range) FROM read_parquet($d)", Map.of("d", dataset)));
        }
    }

    @Test
    void missingAndNamelessParametersAreTheUsersFault() {
        var missing = bench.fail("SELECT $a, $nope", Map.of("a", 1L));
        assertEquals("MissingInput", missing.code());
        assertEquals("/inputs/nope", missing.pointer());
        assertTrue(missing.message().contains("$nope"), missing.message());
        assertTrue(bench.fail("SELECT ?", Map.of("1", 1L)).message().contains("without a name"));
    }
}
