package dev.outboard.api;

import dev.outboard.api.door.HealthDoor;
import dev.outboard.api.door.JobsDoor;
import dev.outboard.api.door.MetricsDoor;
import dev.outboard.api.door.OpenApiDoor;
import dev.outboard.api.door.PluginDoor;
import dev.outboard.api.door.Waiters;
import dev.outboard.api.http.BeforeRouting;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Closing;
import dev.outboard.api.http.Cors;
import dev.outboard.api.http.Drain;
import dev.outboard.api.http.Errors;
import dev.outboard.api.http.RequestMeters;
import dev.outboard.api.http.Sizes;
import dev.outboard.dispatcher.view.Jobs;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The HTTP doors, open from {@link #start} to {@link #close}. Safe for many threads. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    /** A body up to so many times the limit is read to its end and thrown away, so that its sender reads the answer. */
    private static final int SWALLOWED = 16;
    private final WebServer server;
    private final Drain drain;
    private final Duration patience;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(WebServer server, Drain drain, Duration patience) {
        this.server = server;
        this.drain = drain;
        this.patience = patience;
    }

    /**
     * Opens the doors at once; until {@code jobs} are ready they answer 503.
     *
     * @param jobs stays the caller's to close, after this
     * @param metrics takes the requests' meters, and is shown at {@code /metrics}
     * @throws IllegalStateException if it cannot listen there, such as on a port in use
     */
    public static ApiServer start(ApiConfig config, Jobs jobs, PrometheusMeterRegistry metrics) {
        var drain = new Drain();
        var server = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                // running out of file descriptors ends a listener for good
                .maxTcpConnections(config.maxConnections())
                .maxPayloadSize((long) SWALLOWED * config.maxBody())
                .addProtocol(Http1Config.builder().maxPrologueLength(Sizes.READ).maxHeadersSize(Sizes.READ).build())
                .directHandlers(BeforeRouting.handlers())
                .routing(routing -> routes(routing, config, drain, jobs, metrics))
                .build();
        server.start();
        // Helidon logs why, and throws nothing
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "cannot listen on " + config.host() + ":" + config.port() + "; is the port in use?");
        }
        return new ApiServer(server, drain, config.drain());
    }

    private static void routes(HttpRouting.Builder routing, ApiConfig config, Drain drain, Jobs jobs,
            PrometheusMeterRegistry metrics) {
        Errors.register(routing);
        routing.addFilter(new Closing()).addFilter(new RequestMeters(metrics)).addFilter(drain);
        if (!config.corsOrigins().isEmpty()) {
            routing.addFilter(new Cors(config.corsOrigins()));
        }
        routing.addFilter(new Sizes());
        var waiters = new Waiters(jobs, drain, config.maxWatchers());
        waiters.bindTo(metrics);
        routing.register(new OpenApiDoor()).register(new MetricsDoor(metrics));
        doors(new Body(config.maxBody()), drain, jobs, waiters).forEach(routing::register);
    }

    /** By the path below which each stands. */
    static Map<String, HttpService> doors(Body body, Drain drain, Jobs jobs, Waiters waiters) {
        return Map.of("/health", new HealthDoor(jobs::ready, () -> "waiting for " + jobs.waitingFor(), drain),
                "/plugins/v1", new PluginDoor(body, jobs), "/api/v1", new JobsDoor(body, jobs, waiters));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Says not ready, lets requests in flight finish for as long as the configuration allows, then stops. Blocks; a
     * second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!drain.await(patience)) {
                LOG.log(Level.WARNING,
                        "requests are still in flight after " + patience.toMillis() + " ms; stopping anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop();
        }
    }
}
