package dev.outboard.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {
    @TempDir
    Path dir;

    private Path all;
    private Path plugin;

    @BeforeEach
    void plugin() throws IOException {
        all = dir.resolve("data/.plugins");
        plugin = Files.createDirectory(dir.resolve("acme"));
        Files.writeString(plugin.resolve("a.jar"), "one");
    }

    @Test
    void aCopyStaysAsItIsUntilItIsForgotten() throws Exception {
        try (var copies = Copies.in(all)) {
            var first = copies.of(plugin, List.of(plugin.resolve("a.jar")));
            Files.writeString(plugin.resolve("a.jar"), "two");
            var second = copies.of(plugin, List.of(plugin.resolve("a.jar")));
            assertEquals("one", Files.readString(first.resolve("a.jar")));
            assertEquals("two", Files.readString(second.resolve("a.jar")));
            assertEquals(plugin.getFileName(), first.getFileName());
            copies.forget(first);
            assertFalse(Files.exists(first));
            assertTrue(Files.exists(second));
        }
        assertEquals(0, places(), "nothing is left");
    }

    @Test
    void whatAWorkerThatIsGoneLeftIsRemoved() throws Exception {
        place("gone", Duration.ofHours(1));
        place("begun", Duration.ofSeconds(5));
        try (var copies = Copies.in(all); var others = Copies.in(all)) {
            assertEquals(3, places(), "the two that live, and one that may be about to");
            age();
            try (var next = Copies.in(all)) {
                assertEquals(3, places(), "however old, who lives keeps its own");
            }
        }
    }

    private void place(String name, Duration age) throws IOException {
        var lock = Files.createFile(Files.createDirectories(all.resolve(name)).resolve("lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(age)));
    }

    /** An hour passes. */
    private void age() throws IOException {
        try (var places = Files.list(all)) {
            for (var place : places.toList()) {
                Files.setLastModifiedTime(place.resolve("lock"),
                        FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    private long places() throws IOException {
        try (var places = Files.list(all)) {
            return places.count();
        }
    }
}
