package dev.outboard.standalone.roles;

import dev.outboard.api.OpsServer;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a role without doors of its own shows health and metrics, if it is told to. */
final class Ops {
    @Option(names = "--ops-port", paramLabel = "PORT", description = "Port for /metrics and /health/{live,ready,started}, 0 for any free one (default: none).")
    private @Nullable Integer port;

    @Option(names = "--ops-host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address that --ops-port listens on (default: ${DEFAULT-VALUE}).")
    private String host;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    Ops() {}

    /** Opens the port that was asked for, and says where it is; what it gives is to be closed. */
    AutoCloseable start(BooleanSupplier ready, Supplier<String> why, PrometheusMeterRegistry registry,
            PrintWriter err) {
        var at = port;
        if (at == null) {
            return () -> {
            };
        }
        try {
            var server = OpsServer.start(host, at, ready, why, registry);
            err.println("health and metrics on http://" + host + ":" + server.port());
            return server;
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "choose another port with --ops-port, "
                    + "or an address of this machine with --ops-host");
        }
    }
}
