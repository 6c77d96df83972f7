package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.lane.ServedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker has of its plug-ins when it starts. */
class PluginsTest {
    @TempDir
    Path dir;

    private PluginMaker make;
    private final FakeConnector other = FakeConnector.quick();

    @BeforeEach
    void folder() throws Exception {
        make = new PluginMaker(Files.createDirectory(dir.resolve("plugins")));
    }

    @Test
    void theirConnectorsAreServedBesideTheOthers() throws Exception {
        make.plugin("a", "Alpha", "1", "alpha");
        make.plugin("b", "Beta", "2", "beta");
        try (var plugins = open(Set.of(), Map.of())) {
            assertEquals(List.of("alpha 1", "beta 2", "sql 1.2"), served(plugins));
        }
        try (var plugins = open(Set.of("beta"), Map.of())) {
            assertEquals(List.of("beta 2"), served(plugins));
        }
        assertEquals(1, other.closes.get());
    }

    @Test
    void oneThatCannotBeLoadedIsLeftOut() throws Exception {
        make.plugin("a", "Alpha", "1", "alpha");
        Files.writeString(Files.createDirectories(make.folder("half")).resolve("half.jar"), "PK");
        make.withoutConnector("none");
        try (var plugins = open(Set.of(), Map.of())) {
            assertEquals(List.of("alpha 1", "sql 1.2"), served(plugins));
        }
        assertTrue(refused(Set.of("gamma"), Map.of()).startsWith("no connector serves the task type gamma"));
    }

    @Test
    void oneThatCannotOpenIsLeftOutUnlessItIsAskedFor() throws Exception {
        make.plugin("a", "Alpha", "1", "alpha", PluginMaker.OPEN_FAILS);
        try (var plugins = open(Set.of(), Map.of())) {
            assertEquals(List.of("sql 1.2"), served(plugins));
        }
        var message = "the connector Alpha 1 cannot open: no warehouse";
        assertEquals(message, refused(Set.of("alpha"), Map.of()));
        assertEquals(message, refused(Set.of(), Map.of("connectors.alpha.x", "y")));
    }

    @Test
    void twoThatServeOneTypeAreRefusedNamingWhereTheyAre() throws Exception {
        make.plugin("a", "Alpha", "1", "alpha");
        make.plugin("b", "Beta", "2", "alpha");
        var message = refused(Set.of(), Map.of());
        assertEquals("more than one connector serves the task type alpha: Alpha 1 (plug-in a), Beta 2 (plug-in b); "
                + "take all but one away", message);
        make.plugin("b", "Beta", "2", "sql");
        message = refused(Set.of(), Map.of());
        assertTrue(message.contains("Fake 1.2 (class path)") && message.contains("Beta 2 (plug-in b)"), message);
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        var message = assertThrows(ConnectorsUnusable.class, () -> Plugins.open(List.of(dir.resolve("gone")), List.of(),
                Set.of(), Fixture.setup(dir, Map.of()))).getMessage();
        assertNotNull(message);
        assertTrue(message.startsWith("the folder of plug-ins cannot be read"), message);
    }

    private Plugins open(Set<String> wanted, Map<String, String> settings) {
        return Plugins.open(List.of(dir.resolve("plugins")), List.of(other), wanted,
                Fixture.setup(dir.resolve("data"), settings));
    }

    private String refused(Set<String> wanted, Map<String, String> settings) {
        return assertThrows(ConnectorsUnusable.class, () -> open(wanted, settings).close()).getMessage();
    }

    private static List<String> served(Plugins plugins) {
        return plugins.connectors()
                .types()
                .stream()
                .map((ServedType type) -> type.taskType() + " " + type.connectorVersion())
                .toList();
    }
}
