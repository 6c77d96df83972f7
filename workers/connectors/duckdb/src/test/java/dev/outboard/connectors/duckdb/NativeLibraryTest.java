package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeLibraryTest {
    /** Elsewhere the driver's own clean-up at the JVM's exit is all there is. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theUnpackedLibraryIsGoneAndGoesOnWorking() throws Exception {
        DriverManager.getConnection("jdbc:duckdb:").close();
        NativeLibrary.unlink();
        assertEquals(List.of(), NativeLibrary.loaded());
        assertTrue(Files.readString(Path.of("/proc/self/maps")).contains("libduckdb_java"), "it is still loaded");
        try (var db = DriverManager.getConnection("jdbc:duckdb:");
                var rows = db.createStatement().executeQuery("SELECT sum(i) FROM range(1000000) t(i)")) {
            assertTrue(rows.next());
            assertEquals(499999500000L, rows.getLong(1));
        }
    }
}
