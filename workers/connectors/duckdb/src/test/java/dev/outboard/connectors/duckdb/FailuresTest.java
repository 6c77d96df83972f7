package dev.outboard.connectors.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

    /** The message of such an exception is the path alone; its class tells why, and means nothing to a user. */
    @Test
    void aFolderThatCannotBeMadeIsToldInWords() {
        var settings = Settings.of(Map.of());
        for (var thrown : List.of(new NoSuchFileException("/proc/x"), new AccessDeniedException("/proc/x"),
                new FileAlreadyExistsException("/proc/x"), new FileSystemException("/proc/x"))) {
            var error = Failures.of(thrown, settings);
            assertEquals("DuckDbFailed", error.code());
            assertEquals("the worker cannot write `/proc/x`: ", error.message().substring(0, 35));
            assertFalse(error.message().contains("Exception"), error.message());
        }
    }
}
