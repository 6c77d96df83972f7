package dev.outboard.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The broker's settings: everything that is not Kafka's default, with its reason. */
final class Settings {
    static final String CONTROLLER = "CONTROLLER";

    private static final String CLIENT = "CLIENT";

    private Settings() {}

    static Properties of(Path logDir, Listen listen, Quorum quorum, Map<String, String> overrides) {
        var settings = new Properties();
        identity(settings, logDir, listen, quorum);
        replicas(settings, quorum.replicas());
        quick(settings, quorum);
        overrides.forEach(settings::setProperty);
        return settings;
    }

    private static void identity(Properties settings, Path logDir, Listen listen, Quorum quorum) {
        var voters = quorum.voters().stream().map(Quorum.Voter::toString).collect(Collectors.joining(","));
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", String.valueOf(quorum.node()));
        // a static quorum, so that a single node's controller port may be another one on every start
        settings.setProperty("controller.quorum.voters", voters);
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("inter.broker.listener.name", CLIENT);
        settings.setProperty("listener.security.protocol.map", CLIENT + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("listeners", CLIENT + "://" + listen.bind() + "," + CONTROLLER + "://"
                + quorum.self().address());
        settings.setProperty("advertised.listeners", CLIENT + "://" + listen.bootstrap());
        settings.setProperty("log.dirs", logDir.toString());
    }

    private static void replicas(Properties settings, int replicas) {
        var count = String.valueOf(replicas);
        // one may be away
        var inSync = String.valueOf(replicas >= 3 ? 2 : 1);
        // internal topics with more replicas than nodes are never made, and groups and transactions hang
        settings.setProperty("default.replication.factor", count);
        settings.setProperty("min.insync.replicas", inSync);
        settings.setProperty("offsets.topic.replication.factor", count);
        settings.setProperty("transaction.state.log.replication.factor", count);
        settings.setProperty("transaction.state.log.min.isr", inSync);
        settings.setProperty("share.coordinator.state.topic.replication.factor", count);
        settings.setProperty("share.coordinator.state.topic.min.isr", inSync);
        // 50 partitions each by default: 150 logs on first use
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "4");
        // a 128 MiB array on the heap by default
        settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        // who serves a task type makes its topics; a typing error must not
        settings.setProperty("auto.create.topics.enable", "false");
    }

    private static void quick(Properties settings, Quorum quorum) {
        // after kill -9 the new start waits until the old one's session has ended, and so do the writes that its replicas
        // should acknowledge: 9 s by default; a cluster must not lose a node that is only slow
        boolean alone = quorum.voters().size() == 1;
        settings.setProperty("broker.session.timeout.ms", alone ? "1000" : "4000");
        settings.setProperty("broker.heartbeat.interval.ms", alone ? "200" : "500");
        // floors under what a worker may ask for: 45 s and 5 s by default, a takeover would take 45 s
        settings.setProperty("group.consumer.min.session.timeout.ms", "1000");
        settings.setProperty("group.consumer.min.heartbeat.interval.ms", "200");
        // classic groups wait 3 s for more members by default
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // a dead worker's transaction hides its successor's until this check finds it: 10 s by default
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        // back-to-back transactions wait this long: 20 ms by default, which alone is 50 a second at best
        settings.setProperty("add.partitions.to.txn.retry.backoff.ms", "2");
    }
}
