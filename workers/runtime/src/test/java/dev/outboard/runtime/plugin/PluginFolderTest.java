package dev.outboard.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The service here is the smallest of the SPI's: a provider answers with what it sees. */
class PluginFolderTest {
    private static final Map<String, String> PROVIDER = Map.of(SecretReader.class.getName(), "acme.Provider");

    @TempDir
    Path dir;

    @Test
    void twoPluginsHaveTwoVersionsOfOneLibrary() throws Exception {
        try (var one = PluginFolder.open(withLibrary("one", "1.0"));
                var two = PluginFolder.open(withLibrary("two", "2.0"))) {
            assertEquals("1.0", ask(one, "x"));
            assertEquals("2.0", ask(two, "x"));
            assertEquals("1.0", ask(one, "x"), "also once both have run");
        }
    }

    @Test
    void aPluginsOwnVersionComesBeforeTheWorkers() throws Exception {
        // the worker has this class of Micrometer's
        var source = "package io.micrometer.core.instrument; public class Metrics { public String toString() { return \"own\"; } }";
        plugin("p", "return new io.micrometer.core.instrument.Metrics().toString();",
                Map.of("io.micrometer.core.instrument.Metrics", source));
        try (var plugin = PluginFolder.open(dir.resolve("p"))) {
            assertEquals("own", ask(plugin, "x"));
        }
    }

    @Test
    void aProviderOrBridgeOfItsLoggingIsItsOwn() throws Exception {
        plugin("p", LOADED, Map.of());
        Jars.jar(dir.resolve("p/bridge.jar"),
                Map.of("org.slf4j.bridge.Own", "package org.slf4j.bridge; public class Own {}"),
                Map.of());
        try (var plugin = PluginFolder.open(dir.resolve("p"))) {
            assertNotEquals("not found", ask(plugin, "org.slf4j.bridge.Own"));
        }
    }

    @Test
    void nothingElseOfTheWorkersIsSeen() throws Exception {
        plugin("p", LOADED, Map.of());
        try (var plugin = PluginFolder.open(dir.resolve("p"))) {
            for (var hidden : List.of("dev.outboard.runtime.Connectors", "dev.outboard.dispatcher.job.Job",
                    "org.apache.kafka.clients.producer.Producer", "io.micrometer.core.instrument.Metrics",
                    "com.google.protobuf.Struct", "org.slf4j.jul.JDK14LoggerAdapter", "org.slf4j.bridge.X")) {
                assertEquals("not found", ask(plugin, hidden), hidden);
            }
            assertEquals("0", ask(plugin, "resources META-INF/services/dev.outboard.spi.Connector"),
                    "the worker's own providers are no plug-in's");
        }
    }

    @Test
    void spiLoggingAnnotationsAndJdkAreShared() throws Exception {
        plugin("p", LOADED, Map.of());
        // as where somebody copied too much into the folder
        Jars.jar(dir.resolve("p/spi.jar"), Map.of("org.slf4j.LoggerFactory",
                "package org.slf4j; public class LoggerFactory {}"), Map.of());
        try (var plugin = PluginFolder.open(dir.resolve("p"))) {
            for (var shared : List.of(SecretReader.class, LoggerFactory.class, org.slf4j.spi.SLF4JServiceProvider.class,
                    org.jspecify.annotations.Nullable.class, java.sql.Driver.class)) {
                assertEquals(Integer.toString(System.identityHashCode(shared)), ask(plugin, shared.getName()));
            }
        }
    }

    @Test
    void everyLoadingMakesAnew() throws Exception {
        withLibrary("p", "1");
        try (var plugin = PluginFolder.open(dir.resolve("p")); var again = PluginFolder.open(dir.resolve("p"))) {
            var one = plugin.load(SecretReader.class).getFirst();
            assertNotSame(one, plugin.load(SecretReader.class).getFirst());
            assertTrue(plugin.has(one));
            assertFalse(again.has(one));
            assertNotSame(one.getClass(), again.load(SecretReader.class).getFirst().getClass());
            assertEquals(List.of(), plugin.load(dev.outboard.spi.Connector.class));
        }
    }

    @Test
    void whatCannotBeLoadedIsToldInASentence() throws Exception {
        Files.createDirectories(dir.resolve("empty"));
        assertEquals("the plug-in empty has no jar", refused("empty"));
        var whole = Files.readAllBytes(withLibrary("whole", "1").resolve("library.jar"));
        Files.createDirectories(dir.resolve("half"));
        Files.write(dir.resolve("half/library.jar"), Arrays.copyOf(whole, whole.length / 2));
        assertEquals("the plug-in half cannot be read: library.jar is no jar, or only a part of one", refused("half"));
        Jars.jar(dir.resolve("misnamed/a.jar"), Map.of(), PROVIDER);
        assertTrue(refused("misnamed").contains("Provider acme.Provider not found"), refused("misnamed"));
        Jars.jar(dir.resolve("throwing/a.jar"), Map.of("acme.Provider", """
                package acme;
                public class Provider implements dev.outboard.spi.SecretReader {
                    public Provider() { throw new IllegalStateException("no way"); }
                    public java.util.Optional<String> read(String name) { return null; }
                }"""), PROVIDER);
        assertTrue(refused("throwing").endsWith("IllegalStateException: no way"), refused("throwing"));
    }

    @Test
    void aServiceThatIsNotSharedIsRefused() throws Exception {
        try (var plugin = PluginFolder.open(withLibrary("p", "1"))) {
            assertThrows(IllegalArgumentException.class, () -> plugin.load(Runnable.class));
        }
    }

    @Test
    void theContextLoaderIsThePluginsWhileItsProvidersAreMade() throws Exception {
        Jars.jar(dir.resolve("p/a.jar"), Map.of("acme.Provider", """
                package acme;
                public class Provider implements dev.outboard.spi.SecretReader {
                    private final String seen = Thread.currentThread().getContextClassLoader().getName();
                    public java.util.Optional<String> read(String name) { return java.util.Optional.of(seen); }
                }"""), PROVIDER);
        var before = Thread.currentThread().getContextClassLoader();
        try (var plugin = PluginFolder.open(dir.resolve("p"))) {
            assertEquals("p", ask(plugin, "x"));
        }
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }

    @Test
    void hiddenFoldersAndFilesAreNoPlugins() throws Exception {
        Files.createDirectories(dir.resolve(".git"));
        Files.createFile(dir.resolve("a.jar"));
        Files.createDirectories(dir.resolve("b"));
        Files.createSymbolicLink(dir.resolve("c"), dir.resolve("b"));
        assertEquals(List.of(dir.resolve("b"), dir.resolve("c")), PluginFolder.in(dir));
    }

    private static final String LOADED = """
            try {
                if (name.startsWith("resources ")) {
                    return "" + java.util.Collections.list(getClass().getClassLoader().getResources(name.substring(10))).size();
                }
                return "" + System.identityHashCode(Class.forName(name));
            } catch (ClassNotFoundException e) {
                return "not found";
            } catch (Exception e) {
                return e.toString();
            }""";

    private Path withLibrary(String name, String version) throws IOException {
        var folder = dir.resolve(name);
        var library = Jars.jar(folder.resolve("library.jar"), Map.of("acme.lib.Library",
                "package acme.lib; public class Library { public static String version() { return \"" + version
                        + "\"; } }"),
                Map.of());
        Jars.jar(folder.resolve("provider.jar"), provider("return acme.lib.Library.version();"), PROVIDER, library);
        return folder;
    }

    private void plugin(String name, String body, Map<String, String> more) throws IOException {
        Path[] needed = {};
        if (!more.isEmpty()) {
            needed = new Path[]{Jars.jar(dir.resolve(name).resolve("more.jar"), more, Map.of())};
        }
        Jars.jar(dir.resolve(name).resolve("provider.jar"), provider(body), PROVIDER, needed);
    }

    private static Map<String, String> provider(String body) {
        return Map.of("acme.Provider", "package acme; public class Provider implements dev.outboard.spi.SecretReader {"
                + " public java.util.Optional<String> read(String name) { return java.util.Optional.of(said(name)); }"
                + " private String said(String name) { " + body + " } }");
    }

    private static String ask(PluginFolder plugin, String what) {
        return plugin.load(SecretReader.class).getFirst().read(what).orElseThrow();
    }

    private String refused(String name) {
        try (var plugin = PluginFolder.open(dir.resolve(name))) {
            return assertThrows(PluginUnusable.class, () -> plugin.load(SecretReader.class)).getMessage();
        } catch (PluginUnusable e) {
            return e.getMessage();
        }
    }
}
