package dev.outboard.api;

import dev.outboard.api.door.HealthDoor;
import dev.outboard.api.door.MetricsDoor;
import dev.outboard.api.http.BeforeRouting;
import dev.outboard.api.http.Drain;
import dev.outboard.api.http.Errors;
import dev.outboard.api.http.Sizes;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Health and metrics of a process without other doors, open from {@link #start} to {@link #close}. Any thread. */
public final class OpsServer implements AutoCloseable {
    /** For a few scrapers and probes. */
    private static final int MAX_CONNECTIONS = 64;
    private final WebServer server;

    private OpsServer(WebServer server) {
        this.server = server;
    }

    /**
     * Opens at once; until it is ready it says so.
     *
     * @param port from 0 to 65535; 0 for any free one
     * @param ready whether the process does its work now; asked at each probe
     * @param why what keeps it from that, for people
     * @throws IllegalStateException if it cannot listen there, such as on a port in use
     */
    public static OpsServer start(String host, int port, BooleanSupplier ready, Supplier<String> why,
            PrometheusMeterRegistry registry) {
        var server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .maxTcpConnections(MAX_CONNECTIONS)
                .addProtocol(Http1Config.builder().maxPrologueLength(Sizes.READ).maxHeadersSize(Sizes.READ).build())
                .directHandlers(BeforeRouting.handlers())
                .routing(routing -> {
                    Errors.register(routing);
                    routing.addFilter(new Sizes())
                            .register("/health", new HealthDoor(ready, why, new Drain()))
                            .register(new MetricsDoor(registry));
                })
                .build();
        server.start();
        // Helidon logs why, and throws nothing
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen on " + host + ":" + port + "; is the port in use?");
        }
        return new OpsServer(server);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
