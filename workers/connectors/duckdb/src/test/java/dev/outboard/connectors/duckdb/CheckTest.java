package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.TaskError;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, by whom, and in which words. */
class CheckTest {
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

    /** Refused by check, and by a create that nobody checked. */
    private static TaskError refused(CreateRequest request, String pointer) {
        Optional<TaskError> error = bench.connector.check(request);
        assertEquals(pointer, error.orElseThrow().pointer());
        assertEquals(TaskError.Kind.USER, error.get().kind());
        assertEquals(error.get(), ((CreateResult.Rejected) bench.connector.create(request)).error());
        return error.get();
    }

    @Test
    void goodRequestPasses() {
        assertEquals(Optional.empty(), bench.connector.check(bench.request("selec 1", Map.of("a", 1L))));
        assertEquals(Optional.empty(), bench.connector.check(bench.request("SELECT 1", Map.of(), null, Set.of())));
    }

    @Test
    void statementIsNeeded() {
        refused(bench.request(null, Map.of()), "/template/sql/statement");
        refused(bench.request(" \n", Map.of()), "/template/sql/statement");
    }

    @Test
    void onlyResultsCanBeDeclared() {
        var error = refused(bench.request("SELECT 1", Map.of(), null, Set.of("results", "a/b~c")),
                "/template/interface/outputs/a~1b~0c");
        assertTrue(error.message().contains("a/b~c"));
    }

    @Test
    void inputsWithoutATypeAreRefused() {
        Object deep = 1L;
        for (int i = 0; i < 1000; i++) {
            deep = List.of(deep);
        }
        for (Object value : List.of(BigInteger.ONE, List.of(1L, "x"), Map.of("a", BigInteger.ONE),
                Map.of("a", 1L, "A", "x"), Map.of("", 1L, "b", "x"), deep, Duration.ofSeconds(Long.MAX_VALUE),
                Instant.MAX)) {
            var error = refused(bench.request("SELECT 1", Map.of("a/b~c", value)), "/inputs/a~1b~0c");
            assertTrue(error.message().contains("`a/b~c`"), error.message());
        }
    }

    @Test
    void onlyLocalOutputPrefixesAreTaken() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        for (String prefix : List.of("s3://bucket/key", "https://host/x", "relative/x", "file:relative",
                "file://host/share", file.toString(), file + "/below", "s3:x")) {
            var error = refused(bench.request("SELECT 1", Map.of(), prefix, Set.of()), "/output_prefix");
            assertTrue(error.message().contains(prefix), error.message());
        }
    }

    @Test
    void sqlErrorsKeepDuckDbsWords() {
        assertEquals("""
                Parser Error: syntax error at or near "selec"

                LINE 1: selec 1
                        ^^^^^""", user(bench.fail("selec 1")).message());
        // the line at fault as the user wrote it, not as it was run
        String unknown = user(bench.fail("SELECT $a,\n  nope", Map.of("a", 1L))).message();
        assertTrue(unknown.startsWith("Binder Error: ") && unknown.contains("LINE 2:   nope\n"), unknown);
        assertTrue(user(bench.fail("SELECT CAST($a AS INTEGER)", Map.of("a", "x"))).message()
                .startsWith("Conversion Error"));
        user(bench.fail("FROM nope"));
        user(bench.fail("SELECT 9223372036854775807 + range FROM range(3)"));
        user(bench.fail("SELECT error('boo')"));
        user(bench.fail("SELECT (SELECT range FROM range(2))"));
        assertTrue(user(bench.fail("SELECT error(repeat('x', 100000))")).message().length() < 4200);
    }

    private static TaskError user(TaskError error) {
        assertEquals(TaskError.Kind.USER, error.kind(), error.message());
        assertEquals("InvalidQuery", error.code());
        assertEquals("/template/sql/statement", error.pointer());
        assertFalse(error.retryable());
        return error;
    }

    @Test
    void whatTheUserCannotMendIsOurs() {
        Settings settings = Settings.of(Map.of());
        for (Throwable thrown : List.of(new SQLException("IO Error: No space left on device"),
                new SQLException("INTERNAL Error: assertion\n\nStack Trace:\n\n0x1"), new SQLException("odd"),
                new IllegalStateException("bug"), new java.io.IOException("disk"), new OutOfMemoryError())) {
            TaskError error = Failures.of(thrown, settings);
            assertEquals(TaskError.Kind.SYSTEM, error.kind(), thrown.toString());
            assertEquals("DuckDbFailed", error.code());
            assertFalse(error.message().contains("Stack Trace"));
        }
        assertEquals("InvalidQuery", Failures.of(new SQLException("IO Error: No files found that match the pattern"),
                settings).code());
    }

    @Test
    void settingsAreReadOnceAndNonsenseIsNamed() throws Exception {
        assertEquals(new Settings(3, "512MiB", "2 GB", Duration.ofMinutes(10), List.of(data.toRealPath())),
                Settings.of(Map.of("threads", "3", "memory-limit", "512MiB", "spill-limit", "2 GB", "timeout", "10m",
                        "folders", " " + data + " ,")));
        assertEquals(Duration.ofHours(1), Settings.of(Map.of()).timeout());
        assertEquals(Duration.ofSeconds(90), Settings.of(Map.of("timeout", "PT1M30S")).timeout());
        var wrong = Map.of("threads", List.of("0", "x", "257"), "memory-limit", List.of("1", "lots", "-1GB", "1GB'"),
                "spill-limit", List.of("", "0GB"), "timeout", List.of("0s", "10", "-PT1S", "999999999d"), "folders",
                List.of("relative", data + "/nope", data + "/\0"));
        for (var entry : wrong.entrySet()) {
            for (String value : entry.getValue()) {
                var e = assertThrows(IllegalArgumentException.class,
                        () -> Settings.of(Map.of(entry.getKey(), value)), value);
                assertTrue(e.getMessage().contains("`" + entry.getKey() + "`") && e.getMessage().contains(value),
                        e.getMessage());
            }
        }
        var unknown = assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("memory", "1GB")));
        assertTrue(unknown.getMessage().contains("memory-limit"), unknown.getMessage());
    }

    @Test
    void nothingWorksBeforeOpen() {
        var closed = new DuckDbConnector();
        var e = assertThrows(IllegalStateException.class, () -> closed.create(bench.request("SELECT 1", Map.of())));
        assertInstanceOf(IllegalStateException.class, e);
    }
}
