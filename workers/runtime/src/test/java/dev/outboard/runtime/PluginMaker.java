package dev.outboard.runtime;

import dev.outboard.runtime.plugin.Jars;
import dev.outboard.spi.Connector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Makes plug-ins with a connector each, whose library says its version. */
record PluginMaker(Path plugins) {
    static final String OPEN_FAILS = """
            @Override
            public void open(ConnectorContext context) {
                throw new IllegalArgumentException("no warehouse");
            }""";

    private static final String CONNECTOR = """
            package acme;

            import dev.outboard.spi.*;
            import java.time.Duration;
            import java.util.*;

            public final class AcmeConnector implements Connector {
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
                public PollResult poll(Handle handle, SecretReader secrets) {
                    return new PollResult.Running(false, "seen by " + acme.lib.Library.version(), null, List.of(), Map.of(), null);
                }

                @Override
                public PollResult delete(Handle handle, SecretReader secrets) {
                    return new PollResult.Cancelled();
                }
                %s
            }
            """;

    Path folder(String name) {
        return plugins.resolve(name);
    }

    /** A plug-in, or another one in its place. */
    void plugin(String folder, String connector, String version, String taskType) throws IOException {
        plugin(folder, connector, version, taskType, "");
    }

    /** @param more of the connector's class */
    void plugin(String folder, String connector, String version, String taskType, String more) throws IOException {
        var library = Jars.jar(folder(folder).resolve("library.jar"), Map.of("acme.lib.Library",
                "package acme.lib; public class Library { public static String version() { return \"" + version
                        + "\"; } }"),
                Map.of());
        Jars.jar(folder(folder).resolve("connector.jar"), Map.of("acme.AcmeConnector", CONNECTOR.formatted(connector,
                taskType, more)), Map.of(Connector.class.getName(), "acme.AcmeConnector"), library);
    }

    /** A plug-in of something else. */
    void withoutConnector(String folder) throws IOException {
        Jars.jar(folder(folder).resolve("a.jar"), Map.of("acme.A", "package acme; class A {}"), Map.of());
    }
}
