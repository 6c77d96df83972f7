package dev.outboard.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A running broker. Data that it acknowledged survives a restart and a kill -9 of the process; a loss of power only where
 * other nodes of its cluster have it: Kafka's durability is replication. Safe for many threads.
 */
public final class Broker implements AutoCloseable {
    /** Fixed, because a formatted folder refuses another id. Sixteen bytes in base64. */
    private static final String CLUSTER_ID = "b3V0Ym9hcmQtYnJva2VyMQ";
    private static final int PORT_TRIES = 5;

    private final KafkaRaftServer server;
    private final DataDir dir;
    private final String bootstrap;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Broker(KafkaRaftServer server, DataDir dir, String bootstrap) {
        this.server = server;
        this.dir = dir;
        this.bootstrap = bootstrap;
    }

    /** As {@link #start(Path, Listen, Map)}, on the loopback address; port 0 takes any free one. */
    public static Broker start(Path dataDir, int port, Map<String, String> overrides) {
        return start(dataDir, Listen.loopback(port), overrides);
    }

    /**
     * Starts a broker and returns when it takes requests: 1 to 4 s.
     *
     * @param dataDir made if missing; else empty, or the folder of an earlier start
     * @param overrides Kafka broker settings that win over ours
     * @throws BrokerException if the port is taken or the folder is not empty, not ours, or in use
     */
    public static Broker start(Path dataDir, Listen listen, Map<String, String> overrides) {
        return start(dataDir, listen, null, overrides);
    }

    /**
     * The same as a node of a cluster; returns once enough others are up.
     *
     * @param listen with a port that stays the same over restarts
     * @param quorum null for a single node
     */
    public static Broker start(Path dataDir, Listen listen, @Nullable Quorum quorum, Map<String, String> overrides) {
        var dir = DataDir.claim(dataDir.toAbsolutePath());
        try {
            format(dir.kafka(), quorum == null ? 1 : quorum.node());
            return startOnFreePort(dir, listen, quorum, overrides);
        } catch (Throwable e) {
            dir.close();
            throw e;
        }
    }

    /** Where clients connect, {@code host:port}. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Blocks until the broker has stopped, by {@link #close} or by a fault of its own. */
    public void awaitStopped() {
        server.awaitShutdown();
    }

    /** Stops cleanly, within about a second; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop(server);
            dir.close();
        }
    }

    /**
     * A broker as its own process: {@code DIR PORT [--host HOST] [--advertise HOST] [--node ID --voters ID@HOST:PORT,...]
     * [--leash] [setting=value ...]}. Prints {@code READY host:port} when it takes requests; SIGTERM stops it cleanly. With {@code --leash} so does the end of
     * standard input, so that no broker outlives a test that was killed.
     */
    public static void main(String[] args) {
        BrokerProcess.run(args);
    }

    /** A port that we chose may be taken before Kafka binds it, so we choose again; a caller's own is tried once. */
    private static Broker startOnFreePort(DataDir dir, Listen wanted, @Nullable Quorum quorum,
            Map<String, String> overrides) {
        for (var tries = 1;; tries++) {
            var listen = wanted.withFreePort();
            var nodes = quorum == null ? Quorum.alone(Listen.loopback(0).withFreePort().port()) : quorum;
            var settings = Settings.of(dir.kafka(), listen, nodes, overrides);
            var server = newServer(settings);
            try {
                server.startup();
                return new Broker(server, dir, listen.bootstrap());
            } catch (RuntimeException e) {
                stop(server);
                if (!isTaken(e) || tries == PORT_TRIES) {
                    throw new BrokerException("the broker did not start on " + listen.bind() + ": " + e.getMessage(),
                            e);
                }
            }
        }
    }

    private static void format(Path logDir, int node) {
        try {
            Files.createDirectories(logDir);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(node)
                    .setClusterId(CLUSTER_ID)
                    .setControllerListenerName(Settings.CONTROLLER)
                    .addDirectory(logDir.toString())
                    .setMetadataLogDirectory(logDir.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true) // an earlier start's data stays
                    .run();
        } catch (Exception e) {
            throw new BrokerException("cannot prepare folder " + logDir + ": " + e.getMessage(), e);
        }
    }

    private static KafkaRaftServer newServer(Properties settings) {
        try {
            return new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        } catch (RuntimeException e) {
            throw new BrokerException("Kafka refuses the settings: " + e.getMessage(), e);
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static boolean isTaken(@Nullable Throwable e) {
        return e != null && (e instanceof BindException || isTaken(e.getCause()));
    }
}
