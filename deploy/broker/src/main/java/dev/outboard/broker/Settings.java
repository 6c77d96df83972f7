package dev.outboard.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The broker's settings: everything that is not Kafka's default, with its reason. */
final class Settings {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String CLIENT = "CLIENT";

    private Settings() {}

    static Properties of(Path logDir, Listen listen, int controllerPort, Map<String, String> overrides) {
        var settings = new Properties();
        identity(settings, logDir, listen, controllerPort);
        oneNode(settings);
        quick(settings);
        overrides.forEach(settings::setProperty);
        return settings;
    }

    private static void identity(Properties settings, Path logDir, Listen listen, int controllerPort) {
        var controller = "127.0.0.1:" + controllerPort;
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", String.valueOf(NODE_ID));
        // a static quorum, so that the controller's port may be another one on every start
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("inter.broker.listener.name", CLIENT);
        settings.setProperty("listener.security.protocol.map", CLIENT + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("listeners", CLIENT + "://" + listen.bind() + "," + CONTROLLER + "://" + controller);
        settings.setProperty("advertised.listeners", CLIENT + "://" + listen.bootstrap());
        settings.setProperty("log.dirs", logDir.toString());
    }

    private static void oneNode(Properties settings) {
        // internal topics with more replicas than nodes are never made, and groups and transactions hang
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        // 50 partitions each by default: 150 logs on first use
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "4");
        // a 128 MiB array on the heap by default
        settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        // who serves a task type makes its topics; a typing error must not
        settings.setProperty("auto.create.topics.enable", "false");
    }

    private static void quick(Properties settings) {
        // after kill -9 the new start waits until the old one's session has ended: 9 s by default
        settings.setProperty("broker.session.timeout.ms", "1000");
        settings.setProperty("broker.heartbeat.interval.ms", "200");
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
