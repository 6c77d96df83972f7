package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentComesBeforeFilesAndOursBeforeFlytes() throws Exception {
        Files.writeString(folder.resolve("my-db.key"), "file");
        assertEquals("ours", read(Map.of("OUTBOARD_SECRET_MY_DB_KEY", "ours", "_FSEC_MY_DB_KEY", "flyte")));
        assertEquals("flyte", read(Map.of("_FSEC_MY_DB_KEY", "flyte")));
        assertEquals("file", read(Map.of()));
    }

    private String read(Map<String, String> environment) {
        return new Secrets(environment, List.of(folder)).read("my-db.key").orElseThrow();
    }

    @Test
    void foldersAreSearchedInOrderAndMayBeMissing() throws Exception {
        var first = Files.createDirectory(folder.resolve("first"));
        var second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("a"), "a1");
        Files.writeString(second.resolve("a"), "a2");
        Files.writeString(second.resolve("b"), "b2");
        var secrets = new Secrets(Map.of(), List.of(folder.resolve("missing"), first, second));
        assertEquals(Optional.of("a1"), secrets.read("a"));
        assertEquals(Optional.of("b2"), secrets.read("b"));
        assertEquals(Optional.empty(), secrets.read("c"));
    }

    @Test
    void oneNewlineAtTheEndOfAFileIsNotPartOfIt() throws Exception {
        assertEquals("v", file("v\n"));
        assertEquals("v", file("v\r\n"));
        assertEquals(" v\n", file(" v\n\n"));
        assertEquals("", file(""));
    }

    private String file(String content) throws Exception {
        Files.writeString(folder.resolve("s"), content);
        return new Secrets(Map.of(), List.of(folder)).read("s").orElseThrow();
    }

    @Test
    void aRotatedFileIsReadAnew() throws Exception {
        var secrets = new Secrets(Map.of(), List.of(folder));
        Files.writeString(folder.resolve("s"), "old");
        assertEquals(Optional.of("old"), secrets.read("s"));
        Files.writeString(folder.resolve("s"), "new");
        assertEquals(Optional.of("new"), secrets.read("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "..", ".", "", "sub/inside", "/etc/passwd", "..\\outside", "a\0b", "sub",
            ".hidden"})
    void aNameNeverLeavesItsFolder(String name) throws Exception {
        var inner = Files.createDirectories(folder.resolve("inner/sub")).getParent();
        Files.writeString(folder.resolve("outside"), "no");
        Files.writeString(inner.resolve("sub/inside"), "no");
        Files.writeString(inner.resolve(".hidden"), "no");
        assertEquals(Optional.empty(), new Secrets(Map.of(), List.of(inner)).read(name));
    }

    @Test
    void aLinkIsFollowedAsKubernetesMountsThem() throws Exception {
        Files.createDirectory(folder.resolve("..data"));
        Files.writeString(folder.resolve("..data/s"), "linked");
        Files.createSymbolicLink(folder.resolve("s"), Path.of("..data/s"));
        assertEquals(Optional.of("linked"), new Secrets(Map.of(), List.of(folder)).read("s"));
    }

    @Test
    void aFileOfMoreThan64KiBIsRefusedByName() throws Exception {
        Files.write(folder.resolve("fits"), new byte[Secrets.MAX_BYTES]);
        Files.write(folder.resolve("big"), new byte[Secrets.MAX_BYTES + 1]);
        var secrets = new Secrets(Map.of(), List.of(folder));
        assertEquals(Secrets.MAX_BYTES, secrets.read("fits").orElseThrow().length());
        var refusal = assertThrows(UncheckedIOException.class, () -> secrets.read("big"));
        assertTrue(refusal.getMessage().contains("big"), refusal.getMessage());
    }

    @Test
    void whatWasHandedOutIsRedactedAndNothingElse() {
        var secrets = new Secrets(Map.of("OUTBOARD_SECRET_A", "swordfish", "OUTBOARD_SECRET_B", "butterfly"),
                List.of());
        assertEquals("swordfish", secrets.redaction().redact("swordfish"));
        secrets.read("a");
        assertEquals("***, butterfly", secrets.redaction().redact("swordfish, butterfly"));
    }

    @Test
    void theProcessHasItsOwnFolder() throws Exception {
        Files.writeString(folder.resolve("outboard-runtime-test"), "here");
        assertEquals(Optional.of("here"), Secrets.ofProcess(folder).read("outboard-runtime-test"));
        assertEquals(Optional.empty(), Secrets.ofProcess(null).read("outboard-runtime-test"));
    }
}
