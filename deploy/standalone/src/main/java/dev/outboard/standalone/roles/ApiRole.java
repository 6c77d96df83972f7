package dev.outboard.standalone.roles;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard api}. */
@Command(name = "api", mixinStandardHelpOptions = true, description = {
        "Takes jobs over HTTP, writes them to Kafka, and answers how they are doing.",
        "Start as many as you like.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  ./outboard api --kafka localhost:9092",
                "  ./outboard api --kafka kafka-1:9092,kafka-2:9092 --port 8081"})
public final class ApiRole implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private LogOptions log;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Port for HTTP, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}: there is no authentication yet).")
    private String host;

    @Option(names = "--cors-origin", paramLabel = "ORIGIN", description = "Lets pages of this origin call the API, such as https://console.example; repeatable (default: none).")
    private List<String> corsOrigins = List.of();

    @Mixin
    private ViewOptions view;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ApiRole() {}

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        if (!loopback(host)) {
            err.println("WARNING: listening on " + host + " without authentication: whoever reaches port " + port
                    + " can run, read and cancel jobs");
        }
        var config = kafka.config();
        var metrics = new Metrics();
        var api = Api.start(config, view.limits(), Api.at(host, port, corsOrigins), metrics.registry());
        try (metrics; api; var _ = Foreground.closeOnSignal(api, err)) {
            Waiting.until(api::ready, () -> false,
                    () -> "waiting for " + api.waitingFor() + ", at " + config.bootstrap(), err);
            spec.commandLine().getOut().println("api ready on " + api.url());
            err.println("next: ./outboard task-types --server " + api.url() + "   (Ctrl-C stops the api)");
            new CountDownLatch(1).await();
        }
        return ExitCode.OK.code();
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Failure(ExitCode.USAGE, "there is no host '" + host + "' to listen on",
                    "give an address of this machine with --host");
        }
    }
}
