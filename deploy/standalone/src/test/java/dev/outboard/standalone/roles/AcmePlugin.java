package dev.outboard.standalone.roles;

import dev.outboard.spi.Connector;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * Makes plug-ins whose connectors have one class name and one library, of different versions. Their platform is a folder:
 * a job runs until its file {@code end-<job>} is there; {@code created-<job>} and {@code ended-<job>} tell which version of
 * the library did it.
 *
 * @param folder of the plug-ins
 */
record AcmePlugin(Path folder, Path platform) {
    private static final String LIBRARY = """
            package acme.lib;
            public class Library {
                public static String version() { return "%s"; }
            }
            """;
    private static final String CONNECTOR = """
            package acme;
            import acme.lib.Library;
            import dev.outboard.spi.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;

            public final class AcmeConnector implements Connector {
                private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(AcmeConnector.class);
                private Path folder;

                @Override
                public ConnectorInfo info() {
                    return new ConnectorInfo("%1$s", Library.version(), Map.of("%2$s", Set.of(0)), Guarantee.ADOPT, false,
                            100, Duration.ofSeconds(20));
                }

                @Override
                public void open(ConnectorContext context) {
                    folder = Path.of(context.settings().get("folder"));
                    System.getProperties().put("acme.loader.%1$s",
                            new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
                    LOG.info("open");
                }

                @Override
                public CreateResult create(CreateRequest request) throws Exception {
                    Files.writeString(folder.resolve("created-" + request.jobId()), Library.version());
                    return new CreateResult.Created(new Handle(1, request.jobId()), List.of());
                }

                @Override
                public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
                    if (!Files.exists(folder.resolve("end-" + handle.value()))) {
                        return new PollResult.Running(false, "seen by " + Library.version(), null, List.of(), Map.of(),
                                Duration.ofMillis(100));
                    }
                    Files.writeString(folder.resolve("ended-" + handle.value()), Library.version());
                    return new PollResult.Succeeded(Map.of(), Map.of());
                }

                @Override
                public PollResult delete(Handle handle, SecretReader secrets) {
                    return new PollResult.Cancelled();
                }
            }
            """;

    /** The same, made elsewhere. */
    AcmePlugin elsewhere(Path other) {
        return new AcmePlugin(other, platform);
    }

    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        for (var connector : List.of("alpha", "beta", "gamma")) {
            settings.put("connectors." + connector + ".folder", platform.toString());
        }
        return settings;
    }

    /** Makes a plug-in, or writes over the one that is there; it serves the task type of the connector's name. */
    void make(String name, String connector, String version) throws IOException {
        var classes = Files.createTempDirectory(platform, "classes");
        compile(classes, Map.of("Library", LIBRARY.formatted(version), "AcmeConnector",
                CONNECTOR.formatted(connector, connector.toLowerCase(Locale.ROOT))));
        var plugin = Files.createDirectories(folder.resolve(name));
        jar(plugin.resolve("library.jar"), Map.of("acme/lib/Library.class",
                Files.readAllBytes(classes.resolve("acme/lib/Library.class"))));
        jar(plugin.resolve("connector.jar"), Map.of("acme/AcmeConnector.class",
                Files.readAllBytes(classes.resolve("acme/AcmeConnector.class")),
                "META-INF/services/" + Connector.class.getName(), "acme.AcmeConnector".getBytes()));
        DataFolder.remove(classes);
    }

    private static void compile(Path classes, Map<String, String> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = new ArrayList<File>();
        for (var source : sources.entrySet()) {
            files.add(Files.writeString(classes.resolve(source.getKey() + ".java"), source.getValue()).toFile());
        }
        var said = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromFiles(files))
                    .call()) {
                throw new AssertionError(said.toString());
            }
        }
    }

    private static void jar(Path jar, Map<String, byte[]> entries) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    /** Lets a job end. */
    void finish(String jobId) throws IOException {
        Files.createFile(platform.resolve("end-" + jobId));
    }

    String createdAndEndedBy(String jobId) throws IOException {
        return Files.readString(platform.resolve("created-" + jobId)) + " "
                + Files.readString(platform.resolve("ended-" + jobId));
    }
}
