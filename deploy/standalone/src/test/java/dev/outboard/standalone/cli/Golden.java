package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are kept as files. {@code -Doutboard.docs.write=true} writes them anew; look at what changed. */
public final class Golden {
    private static final String WRITE = "outboard.docs.write";

    private Golden() {}

    public static void check(Path file, String now) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        }
        assertTrue(Files.exists(file), () -> "there is no " + file + advice());
        assertEquals(Files.readString(file), now, () -> file + " says something else" + advice());
    }

    private static String advice() {
        return "; to write it anew run the same tests with -D" + WRITE + "=true, and look at what changed";
    }
}
