package dev.outboard.connectors.duckdb;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Connector;
import dev.outboard.spi.PollResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {
    /** examples/duckdb-report.json, whose rows are an input. */
    private static final String REPORT = """
            WITH lineitem AS (SELECT CASE i % 4 WHEN 0 THEN 'A' WHEN 1 THEN 'N' ELSE 'R' END AS returnflag, \
            CASE i % 2 WHEN 0 THEN 'F' ELSE 'O' END AS linestatus, (i % 50) + 1 AS quantity, \
            (i % 1000) * 1.5 + 900 AS extendedprice, (i % 11) / 100.0 AS discount, (i % 9) / 100.0 AS tax, \
            DATE '1992-01-02' + CAST(i % 2526 AS INTEGER) AS shipdate FROM range($rows) t(i)) \
            SELECT returnflag, linestatus, sum(quantity) AS sum_qty, sum(extendedprice) AS sum_base_price, \
            sum(extendedprice * (1 - discount)) AS sum_disc_price, \
            sum(extendedprice * (1 - discount) * (1 + tax)) AS sum_charge, avg(quantity) AS avg_qty, \
            avg(extendedprice) AS avg_price, avg(discount) AS avg_disc, count(*) AS count_order \
            FROM lineitem WHERE shipdate <= DATE '1998-09-02' GROUP BY ALL ORDER BY ALL""";

    @TempDir
    Path data;
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(data, Map.of());
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void isFoundByTheServiceLoader() {
        Connector found = ServiceLoader.load(Connector.class).findFirst().orElseThrow();
        assertInstanceOf(DuckDbConnector.class, found);
        assertEquals(Map.of("duckdb", Set.of(0)), found.info().taskTypes());
        assertTrue(found.info().diesWithWorker());
    }

    @Test
    void reportIsWritten() throws Exception {
        var request = bench.request(REPORT, Map.of("rows", 100_000L));
        var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(bench.create(request)));
        Path file = data.toRealPath().resolve("results/" + request.jobId() + "/1/" + Bench.WORKER + "/results.parquet");
        assertEquals(file, Bench.file(end));
        assertTrue(end.outputs().get("results").toString().contains("file:///"), end.toString());
        assertEquals(4L, end.info().get("rows"));
        assertEquals(Files.size(file), end.info().get("bytes"));
        assertTrue((long) end.info().get("elapsedMs") > 0);

        List<String> rows = Bench.read(end);
        assertEquals(List.of("A|F", "N|O", "R|F", "R|O"), rows.stream().map(row -> row.substring(0, 3)).toList());
        // counted independently: i % 4 and i % 2526 alone decide
        long a = 0;
        for (int i = 0; i < 100_000; i++) {
            a += i % 4 == 0 && i % 2526 <= 2435 ? 1 : 0;
        }
        String first = rows.getFirst();
        assertTrue(first.startsWith("A|F|") && first.endsWith("|" + a), first);
        try (var left = Files.list(file.getParent())) {
            assertEquals(List.of(file), left.toList(), "nothing but the result");
        }
    }

    @Test
    void largeResultIsStreamed() {
        // 160 MB of values; the heap of this JVM never sees them
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        var end = assertInstanceOf(PollResult.Succeeded.class,
                bench.run("SELECT range AS i, hash(range) AS h FROM range($n)", Map.of("n", 10_000_000L)));
        assertEquals(10_000_000L, end.info().get("rows"));
        long grown = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before;
        assertTrue(grown < 50_000_000, "heap grew by " + grown);
    }

    @Test
    void outputPrefixTakesPathsAndFileUris() {
        for (String prefix : List.of(data.resolve("out put").toString(), data.resolve("it's").toUri().toString())) {
            var request = bench.request("SELECT 1", Map.of(), prefix, Set.of());
            var end = assertInstanceOf(PollResult.Succeeded.class, bench.end(bench.create(request)));
            Path file = Bench.file(end);
            assertTrue(Files.exists(file), file.toString());
            Path folder = Path.of(prefix.startsWith("file:") ? URI.create(prefix).getPath() : prefix);
            assertTrue(file.endsWith(folder.getFileName() + "/" + request.jobId() + "/1/w-1/results.parquet"),
                    file.toString());
        }
    }

    @Test
    void everyKindOfSelectIsTaken() throws Exception {
        var statements = Map.of("FROM range(2)", 2, "VALUES (1), (2), (3)", 3, "DESCRIBE SELECT 1 AS a, 2 AS b", 2,
                "SELECT 1;", 1, "SELECT 1 ; ; -- done; really", 1, "SELECT ';' -- the end", 1,
                "PIVOT (VALUES (1, 'a', 3), (1, 'b', 4)) t(i, n, v) ON n IN ('a', 'b') USING sum(v)", 1,
                "SELECT 1 AS a, 2 AS a WHERE false", 0, "SELECT $$ ; --$$", 1);
        for (var each : statements.entrySet()) {
            assertEquals(each.getValue(), bench.rows(each.getKey(), Map.of()).size(), each.getKey());
        }
    }

    @Test
    void failedAndCancelledQueriesLeaveNothing() throws Exception {
        bench.fail("SELECT error('no') FROM range(100000)");
        var request = bench.request("SELECT range, hash(range) FROM range(100000000000)", Map.of());
        var handle = bench.create(request);
        bench.awaitExecuting(handle);
        Path folder = data.resolve("results/" + request.jobId() + "/1/w-1");
        await().until(() -> Files.size(folder.resolve(".results.parquet.part")) > 0);
        assertFalse(Files.exists(folder.resolve("results.parquet")), "is seen before it is whole");
        bench.connector.delete(handle, Bench.NO_SECRETS);
        assertInstanceOf(PollResult.Cancelled.class, bench.end(handle));
        for (String each : List.of("results", "spill/" + Bench.WORKER)) {
            try (var left = Files.walk(data.resolve(each))) {
                assertEquals(List.of(data.resolve(each)), left.toList());
            }
        }
    }
}
