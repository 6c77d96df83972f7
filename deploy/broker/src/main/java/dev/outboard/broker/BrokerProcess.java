package dev.outboard.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The broker as a process of its own; see {@link Broker#main}. */
final class BrokerProcess {
    private static final String USAGE = "usage: DIR PORT [--host HOST] [--advertise HOST] "
            + "[--node ID --voters ID@HOST:PORT,...] [--leash] [setting=value ...]";
    /** Kept: the logging system holds loggers weakly, and with a logger goes its level. */
    private static final Logger ROOT = Logger.getLogger("");
    private static final List<Logger> NOISY = Stream.of(
            "org.apache.kafka.controller.QuorumController", // warns at each start that it is the active one
            "org.apache.kafka.clients.NetworkClient") // warns at each stop that it is closed already
            .map(Logger::getLogger)
            .toList();

    private BrokerProcess() {}

    record Arguments(Path dir, Listen listen, @Nullable Quorum quorum, boolean leash, Map<String, String> overrides) {

        static Arguments parse(String[] args) {
            if (args.length < 2 || !args[1].matches("\\d{1,5}")) {
                throw new BrokerException(USAGE);
            }
            var host = "127.0.0.1";
            @Nullable
            String advertise = null;
            @Nullable
            String node = null;
            var voters = "";
            var leash = false;
            var overrides = new LinkedHashMap<String, String>();
            for (var i = 2; i < args.length; i++) {
                var equals = args[i].indexOf('=');
                switch (args[i]) {
                    case "--leash" -> leash = true;
                    case "--host" -> host = valueAt(args, ++i);
                    case "--advertise" -> advertise = valueAt(args, ++i);
                    case "--node" -> node = valueAt(args, ++i);
                    case "--voters" -> voters = valueAt(args, ++i);
                    case String setting when equals > 0 ->
                        overrides.put(setting.substring(0, equals), setting.substring(equals + 1));
                    default -> throw new BrokerException("unknown argument " + args[i] + "; " + USAGE);
                }
            }
            var listen = Listen.on(host, Integer.parseInt(args[1]));
            if (advertise != null) {
                listen = new Listen(host, advertise, listen.port());
            }
            if (node != null && !node.matches("[1-9]\\d{0,8}")) {
                throw new BrokerException(USAGE);
            }
            var quorum = node == null ? null : Quorum.of(Integer.parseInt(node), voters);
            return new Arguments(Path.of(args[0]), listen, quorum, leash, overrides);
        }

        private static String valueAt(String[] args, int index) {
            if (index >= args.length) {
                throw new BrokerException(USAGE);
            }
            return args[index];
        }
    }

    static void run(String[] args) {
        if (System.getProperty("java.util.logging.config.file") == null) {
            ROOT.setLevel(Level.WARNING); // Kafka tells some hundred lines at INFO while it starts
            NOISY.forEach(logger -> logger.setLevel(Level.SEVERE));
        }
        try {
            var arguments = Arguments.parse(args);
            var broker = Broker.start(arguments.dir(), arguments.listen(), arguments.quorum(), arguments.overrides());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
            System.out.println("READY " + broker.bootstrap());
            if (arguments.leash()) {
                awaitEndOfInput();
                System.exit(0);
            }
            broker.awaitStopped();
        } catch (BrokerException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever is sent means only that the parent lives
            }
        } catch (IOException _) {
            // a broken pipe is an end of input too
        }
    }
}
