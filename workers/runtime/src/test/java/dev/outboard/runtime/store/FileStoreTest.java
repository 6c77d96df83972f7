package dev.outboard.runtime.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final FileStore store = new FileStore();
    private Path allowed;
    private Path elsewhere;

    @BeforeEach
    void folders(@TempDir Path dir) throws IOException {
        allowed = Files.createDirectory(dir.toRealPath().resolve("allowed"));
        elsewhere = Files.createDirectory(dir.toRealPath().resolve("elsewhere"));
        open(Map.of("folders", allowed.toString()));
    }

    private void open(Map<String, String> settings) {
        store.open(new StoreContext(settings, _ -> Optional.empty(), Clock.systemUTC()));
    }

    private void isNotAllowed(String uri) throws IOException {
        var why = assertInstanceOf(StoreResult.NotAllowed.class, store.write(uri, CONTENT)).why();
        assertTrue(why.contains("stores.file.folders"), why);
        try (var files = Files.walk(elsewhere.getParent())) {
            assertTrue(files.noneMatch(Files::isRegularFile), uri);
        }
    }

    @Test
    void writesBelowItsFoldersAndReplaces() throws IOException {
        var file = allowed.resolve("run 1/a/outputs.pb");
        assertEquals(new StoreResult.Stored(), store.write(file.toUri().toString(), CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(new StoreResult.Stored(), store.write(file.toUri().toString(), new byte[]{9}));
        assertArrayEquals(new byte[]{9}, Files.readAllBytes(file));
        try (var files = Files.list(file.getParent())) {
            assertEquals(1, files.count(), "no part is left behind");
        }
    }

    @Test
    void whileNoFolderIsNamedNothingIsWritten() throws IOException {
        open(Map.of());
        isNotAllowed(allowed.resolve("outputs.pb").toUri().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://%selsewhere/outputs.pb", "file://%sallowed/../elsewhere/outputs.pb",
            "file://%sallowed/%%2e%%2e/elsewhere/outputs.pb", "file://%sallowed2/outputs.pb",
            "file://host%sallowed/outputs.pb", "file://%sallowed/a/outputs.pb?x=1", "file:allowed/outputs.pb",
            "file://%sallowed/a b/outputs.pb", "file://%sallowed/a%%00b/outputs.pb", "file://%sallowed"})
    void nothingElseIsAllowed(String uri) throws IOException {
        isNotAllowed(uri.formatted(allowed.getParent() + "/"));
    }

    @Test
    void aLinkDoesNotLeadOut() throws IOException {
        Files.createSymbolicLink(allowed.resolve("link"), elsewhere);
        var result = store.write("file://" + allowed + "/link/deep/outputs.pb", CONTENT);
        var refused = assertInstanceOf(StoreResult.Refused.class, result).error();
        assertTrue(refused.message().endsWith("link is a link, which is not followed"), refused.message());
        assertFalse(Files.exists(elsewhere.resolve("deep")));
    }

    @Test
    void noFileIsWrittenThroughALink() throws IOException {
        var target = Files.write(elsewhere.resolve("precious"), new byte[]{7});
        Files.createSymbolicLink(allowed.resolve("outputs.pb"), target);
        assertInstanceOf(StoreResult.Refused.class, store.write("file://" + allowed + "/outputs.pb", CONTENT));
        assertArrayEquals(new byte[]{7}, Files.readAllBytes(target));
    }

    @Test
    void aFolderOfTheOperatorsMayBeALink() throws IOException {
        var link = Files.createSymbolicLink(elsewhere.resolve("link"), allowed);
        open(Map.of("folders", link.toString()));
        assertEquals(new StoreResult.Stored(), store.write("file://" + link + "/a/outputs.pb", CONTENT));
        assertEquals(new StoreResult.Stored(), store.write("file://" + allowed + "/b/outputs.pb", CONTENT));
        assertTrue(Files.exists(allowed.resolve("a/outputs.pb")) && Files.exists(allowed.resolve("b/outputs.pb")));
    }

    @Test
    void whatIsInTheWayFailsTheJob() throws IOException {
        Files.createDirectories(allowed.resolve("a/outputs.pb"));
        Files.write(allowed.resolve("b"), CONTENT);
        for (var name : new String[]{"a", "b"}) {
            var result = store.write("file://" + allowed + "/" + name + "/outputs.pb", CONTENT);
            var error = assertInstanceOf(StoreResult.Refused.class, result).error();
            assertEquals("OutputsRefused", error.code());
        }
    }

    @Test
    void aFolderThatIsGoneIsTroubleForNow() throws IOException {
        Files.delete(allowed);
        assertThrows(IOException.class, () -> store.write("file://" + allowed + "/outputs.pb", CONTENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/no/such/folder", "/dev/null"})
    void aFolderThatIsNoneIsRefused(String folder) {
        var message = assertThrows(IllegalArgumentException.class, () -> open(Map.of("folders", folder))).getMessage();
        assertTrue(message.contains("`" + folder + "` is none"), message);
    }

    @Test
    void aSettingThatItDoesNotHaveIsRefused() {
        assertEquals("file has no setting `folder`; it has folders",
                assertThrows(IllegalArgumentException.class, () -> open(Map.of("folder", "/"))).getMessage());
    }
}
