package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a statement can reach outside itself: nothing but the configured folders. */
class SandboxTest {
    @TempDir
    Path root;
    private Path shared;
    private Path secret;
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        shared = Files.createDirectories(root.resolve("shared"));
        secret = Files.writeString(Files.createDirectories(root.resolve("private")).resolve("secret.csv"), "a\n42\n");
        Files.writeString(shared.resolve("open.csv"), "a\n1\n");
        Files.createSymbolicLink(shared.resolve("link.csv"), secret);
        bench = new Bench(root.resolve("data"), Map.of("folders", shared.toString()));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void configuredFoldersCanBeRead() throws Exception {
        assertEquals(List.of("1"), bench.rows("FROM read_csv($f)", Map.of("f", shared.resolve("open.csv").toString())));
        assertEquals(List.of("1"), bench.rows("FROM '" + shared.resolve("o*.csv") + "'", Map.of()));
    }

    @Test
    void nothingElseCanBeRead() {
        for (String from : List.of("read_csv('/etc/passwd')", "read_text('/etc/passwd')",
                "read_blob('/proc/self/environ')",
                "glob('/etc/*')", "sniff_csv('/etc/passwd')", "read_json('/etc/passwd')", "'" + secret + "'",
                "read_text('file://" + secret + "')", "read_text('" + shared + "/../private/secret.csv')",
                "read_text('" + shared.resolve("link.csv") + "')", "read_text('http://127.0.0.1:1/x')",
                "query('FROM read_text(''/etc/passwd'')')", "parquet_metadata('" + root.resolve("x.parquet") + "')",
                "read_text('" + shared + "-other/x')")) {
            denied(bench.fail("SELECT * FROM " + from), "NotPermitted", "`folders`");
        }
        // bound as an input, too
        denied(bench.fail("FROM read_text($f)", Map.of("f", secret.toString())), "NotPermitted", "`folders`");
    }

    @Test
    void otherJobsResultsCannotBeRead() {
        var other = assertInstanceOf(PollResult.Succeeded.class, bench.run("SELECT 42 AS a", Map.of()));
        denied(bench.fail("FROM read_parquet($f)", Map.of("f", Bench.file(other).toString())), "NotPermitted",
                "folders");
        denied(bench.fail("FROM glob('" + root.resolve("data/results/*/*/*/*") + "')"), "NotPermitted", "folders");
    }

    @Test
    void nothingButASelectIsRun() throws Exception {
        Path evil = root.resolve("shared/evil");
        for (String statement : List.of("COPY (SELECT 1) TO '" + evil + "'", "ATTACH '" + evil + "'", "INSTALL httpfs",
                "LOAD httpfs", "SET threads = 8", "RESET lock_configuration", "PRAGMA threads = 8",
                "SET enable_external_access = true", "CREATE TABLE t AS SELECT 1", "EXPORT DATABASE '" + evil + "'",
                "EXPLAIN SELECT 1", "CALL pragma_version()", "CREATE SECRET (TYPE s3)", "SELECT 1; SELECT 2",
                "SET threads = 8; SELECT 1", "PREPARE p AS SELECT 1", "BEGIN", "-- nothing", ";")) {
            var error = bench.fail(statement);
            assertEquals("InvalidQuery", error.code(), statement);
            assertTrue(error.message().contains("must return rows") || error.message().contains("statement"),
                    error.message());
            denied(error, "InvalidQuery", "");
        }
        assertFalse(Files.exists(evil));
    }

    @Test
    void statementCannotLeaveItsParentheses() {
        Path evil = root.resolve("shared/evil.csv");
        for (String statement : List.of("SELECT 1) TO '" + evil + "' (FORMAT csv); --",
                "SELECT 1) TO '" + evil + "' (FORMAT csv) --", "SELECT 1 /*", "SELECT 'x", "SELECT 1\n) TO '" + evil
                        + "'; COPY (SELECT 1")) {
            denied(bench.fail(statement), "InvalidQuery", "Parser Error");
        }
        assertFalse(Files.exists(evil));
    }

    @Test
    void configurationIsLocked() throws Exception {
        assertEquals(List.of("false|true|false|UTC"), bench.rows("""
                SELECT current_setting('enable_external_access') AS a, current_setting('lock_configuration') AS b,
                       current_setting('autoload_known_extensions') AS c, current_setting('TimeZone') AS d""",
                Map.of()));
    }

    private static void denied(TaskError error, String code, String part) {
        assertEquals(TaskError.Kind.USER, error.kind(), error.message());
        assertEquals(code, error.code(), error.message());
        assertEquals("/template/sql/statement", error.pointer());
        assertTrue(error.message().contains(part), error.message());
    }
}
