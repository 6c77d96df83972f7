package dev.outboard.connectors.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The driver unpacks its native library, 72 MB, into the temporary folder and deletes it when the JVM exits, which a killed
 * one never does. Where the system lets a loaded library go without its file, we delete it at once.
 */
final class NativeLibrary {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final String NAME = "libduckdb_java";

    private NativeLibrary() {}

    /** Deletes the loaded library's unpacked file; does nothing where {@code /proc} does not tell which it is. */
    static void unlink() {
        for (Path file : loaded()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                // then it goes when the JVM exits
            }
        }
    }

    /** Files of the library that this process has mapped from its temporary folder and that still exist. */
    static List<Path> loaded() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains(NAME))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> file.startsWith(temporary) && Files.exists(file))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
