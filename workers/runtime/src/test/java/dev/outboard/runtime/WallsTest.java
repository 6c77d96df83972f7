package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Kafka comes along with the dispatcher, but this room does not use it. */
class WallsTest {
    @Test
    void noClassHereNamesKafka() throws Exception {
        var root = Path.of(Connectors.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        int classes = 0;
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                // names stand in a class file as they are
                var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("org/apache/kafka"), file::toString);
                classes++;
            }
        }
        assertTrue(classes > 10, "looked at " + classes + " classes");
    }
}
