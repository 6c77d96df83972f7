package dev.outboard.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRowsTest {

    @Test
    void numbersAreWholeAndColumnsAligned(@TempDir Path dir) throws Exception {
        var file = dir.resolve("r.parquet");
        try (var db = DriverManager.getConnection("jdbc:duckdb:"); var statement = db.createStatement()) {
            statement.execute("COPY (SELECT 'A' AS flag, 3772305336.24054::DOUBLE AS total, 60273517.0::DOUBLE AS n, "
                    + "NULL AS nothing UNION ALL SELECT 'B', 0.05, 1e-9, NULL ORDER BY flag) TO '" + file + "'");
        }
        var text = new StringWriter();
        FirstRows.print(file, 5, new PrintWriter(text, true));
        assertEquals("""
                  flag  total            n         nothing
                  A     3772305336.2405  60273517  null
                  B     0.05             1.0E-9    null
                """, text.toString());
    }

    @Test
    void whatIsCutSaysSo() {
        assertEquals("aaaaaaaaaaaaaaaaaaaaaaa…", FirstRows.cell("a".repeat(30)));
    }
}
