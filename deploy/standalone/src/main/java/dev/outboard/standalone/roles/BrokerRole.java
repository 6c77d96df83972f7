package dev.outboard.standalone.roles;

import dev.outboard.broker.Broker;
import dev.outboard.broker.BrokerException;
import dev.outboard.broker.Listen;
import dev.outboard.broker.Quorum;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard broker}. */
@Command(name = "broker", mixinStandardHelpOptions = true, description = {
        "Runs a Kafka broker, for a machine where no Kafka is at hand.",
        "It is a single node, or with --node and --voters one of a cluster; a cluster's node keeps its",
        "--data, --port and --node over restarts.",
        "It has no authentication: whoever reaches its port can read and write.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard broker --data ./kafka-data                     reachable from this machine",
                "  ./outboard broker --data /data --host 0.0.0.0 --advertise kafka.internal",
                "  ./outboard broker --data ./kafka-1 --port 9092 --node 1 \\",
                "      --voters 1@127.0.0.1:19091,2@127.0.0.1:19092,3@127.0.0.1:19093   the first of three"})
public final class BrokerRole implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder that keeps the data over restarts; made if missing.")
    private Path data;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "9092", description = "Port for clients, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--advertise", paramLabel = "HOST", description = "Name that clients are told to connect to (default: --host, or this machine's name for 0.0.0.0).")
    private @Nullable String advertise;

    @Option(names = "--node", paramLabel = "ID", description = "This node's id in its cluster, from 1; needs --voters (default: a single node).")
    private @Nullable Integer node;

    @Option(names = "--voters", paramLabel = "ID@HOST:PORT", description = "Where the controllers of all the cluster's nodes listen, with commas.")
    private @Nullable String voters;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "A Kafka broker setting that wins over ours.")
    private Map<String, String> settings = Map.of();

    @Mixin
    private LogOptions log;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    BrokerRole() {}

    @Override
    public Integer call() {
        try (var broker = start(); var _ = Foreground.closeOnSignal(broker, spec.commandLine().getErr())) {
            var out = spec.commandLine().getOut();
            out.println("broker ready on " + broker.bootstrap() + ", data in " + data.toAbsolutePath().normalize());
            spec.commandLine()
                    .getErr()
                    .println("next: ./outboard api --kafka " + broker.bootstrap() + "   (Ctrl-C stops the broker)");
            broker.awaitStopped();
        }
        return ExitCode.OK.code();
    }

    private Broker start() {
        try {
            var listen = Listen.on(host, port);
            var told = advertise == null ? listen : new Listen(host, advertise, port);
            return Broker.start(data, told, quorum(), settings);
        } catch (BrokerException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage(),
                    "choose another with --port, --data or --voters, or stop the other broker");
        }
    }

    private @Nullable Quorum quorum() {
        if (node == null && voters == null) {
            return null;
        }
        if (node == null || voters == null || port == 0) {
            throw new ParameterException(spec.commandLine(),
                    "a cluster's node needs --node, --voters, and a --port that stays");
        }
        return Quorum.of(node, voters);
    }
}
