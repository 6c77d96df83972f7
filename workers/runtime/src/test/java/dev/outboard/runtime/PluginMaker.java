package dev.outboard.runtime;

import dev.outboard.runtime.plugin.Jars;
import dev.outboard.spi.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes plug-ins with a connector each, whose library says its version. */
record PluginMaker(Path plugins) {
    static final String OPEN_FAILS = """
            @Override
            public void open(ConnectorContext context) {
                throw new IllegalArgumentException("no warehouse");
            }""";

    /** Notes that a poll waits, and waits until the note is taken away. */
    static final String POLL_WAITS = """
            @Override
            public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
                System.setProperty("acme.waits", "yes");
                while (System.getProperty("acme.waits") != null) {
                    Thread.sleep(5);
                }
                return new PollResult.Running(false, acme.lib.Late.word(), null, List.of(), Map.of(), null);
            }""";
    static final String OTHER_PROMISE = """
            @Override
            public ConnectorInfo info() {
                return new ConnectorInfo("Alpha", acme.lib.Library.version(), Map.of("alpha", Set.of(0)), Guarantee.TOKEN,
                        false, 100, Duration.ofSeconds(20));
            }""";

    static final String BATCHES = """
            @Override
            public ConnectorInfo info() {
                return new ConnectorInfo("Alpha", acme.lib.Library.version(), Map.of("alpha", Set.of(0)), Guarantee.ADOPT,
                        false, 100, Duration.ofSeconds(20), true, Double.POSITIVE_INFINITY);
            }

            @Override
            public Batch pollAll(String account, Set<Handle> handles, java.time.Instant since) {
                System.setProperty("acme.batch", acme.lib.Library.version());
                return new Batch(Map.of(), false, null);
            }""";

    private static final String CONNECTOR = """
            package acme;

            import dev.outboard.spi.*;
            import java.time.Duration;
            import java.util.*;

            class Base implements Connector {
                @Override
                public ConnectorInfo info() {
                    return new ConnectorInfo("%s", acme.lib.Library.version(), Map.of("%s", Set.of(0)), Guarantee.ADOPT,
                            false, 100, Duration.ofSeconds(20));
                }

                @Override
                public CreateResult create(CreateRequest request) {
                    return new CreateResult.Created(new Handle(1, request.key()), List.of());
                }

                @Override
                public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
                    return new PollResult.Running(false, acme.lib.Late.word(), null, List.of(), Map.of(), null);
                }

                @Override
                public PollResult delete(Handle handle, SecretReader secrets) {
                    return new PollResult.Cancelled();
                }
            }
            public final class AcmeConnector extends Base {
                %s
            }
            """;

    /** The same in another folder. */
    PluginMaker elsewhere(Path folder) {
        return new PluginMaker(folder);
    }

    Path folder(String name) {
        return plugins.resolve(name);
    }

    /** A plug-in, or another one written over it. */
    void plugin(String folder, String connector, String version, String taskType) throws IOException {
        plugin(folder, connector, version, taskType, "");
    }

    /** @param more of the connector's class */
    void plugin(String folder, String connector, String version, String taskType, String more) throws IOException {
        var made = Files.createTempDirectory("plugin");
        var library = Jars.jar(made.resolve("library.jar"), Map.of("acme.lib.Library",
                "package acme.lib; public class Library { public static String version() { return \"" + version
                        + "\"; } }",
                // not loaded before the first poll
                "acme.lib.Late",
                "package acme.lib; public class Late { public static String word() { return \"seen by " + version
                        + "\"; } }"),
                Map.of());
        Jars.jar(made.resolve("connector.jar"), Map.of("acme.AcmeConnector", CONNECTOR.formatted(connector,
                taskType, more)), Map.of(Connector.class.getName(), "acme.AcmeConnector"), library);
        Files.createDirectories(folder(folder));
        for (var jar : List.of("library.jar", "connector.jar")) {
            // the very file is written over: who has it open reads the new
            Files.write(folder(folder).resolve(jar), Files.readAllBytes(made.resolve(jar)));
            Files.delete(made.resolve(jar));
        }
        Files.delete(made);
    }

    /** A plug-in of something else. */
    void withoutConnector(String folder) throws IOException {
        Jars.jar(folder(folder).resolve("a.jar"), Map.of("acme.A", "package acme; class A {}"), Map.of());
    }
}
