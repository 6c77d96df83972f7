package dev.outboard.dispatcher.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing and checks the ones that are there. Never changes one: a keyed topic's partition count
 * is for life, and its other settings may be an operator's own choice as long as they fit.
 */
public final class Topics {
    /** No state record younger than this is compacted away: who is less far behind reads a log without holes. */
    public static final Duration COMPACTION_LAG = Duration.ofSeconds(60);
    /** The largest record, and so request: a create is at most 1 MiB decoded, a job record less. */
    static final int MAX_MESSAGE_BYTES = 2 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Topics.class.getName());

    /** A task type's topics as they are. */
    record Pair(int partitions, String commandsId, String stateId) {}

    private final Admin admin;
    private final LogConfig config;
    private final Names names;

    public Topics(Admin admin, LogConfig config) {
        this.admin = admin;
        this.config = config;
        this.names = config.names();
    }

    /** Makes the registry and the dead letters if they are missing; returns the registry's topic id. */
    public String shared() {
        ensure(List.of(topic(names.registry(), 1, Map.of("cleanup.policy", "compact")),
                topic(names.deadLetters(), 1, Map.of("cleanup.policy", "delete", "retention.ms", days(30)))));
        var registry = describe(names.registry()).orElseThrow(() -> gone(names.registry()));
        require(registry.partitions().size() == 1, names.registry(), "has " + registry.partitions().size()
                + " partitions, must have 1");
        require("compact".equals(setting(names.registry(), "cleanup.policy")), names.registry(),
                "must have cleanup.policy=compact");
        return registry.topicId().toString();
    }

    /** Makes a task type's topics if they are missing, and checks that they fit each other and the rules. */
    Pair ofType(String taskType) {
        var commands = names.commands(taskType);
        var state = names.state(taskType);
        // a missing sibling takes the count of the one that is there
        int partitions = describe(commands).or(() -> describe(state))
                .map(t -> t.partitions().size())
                .orElse(config.partitions());
        ensure(List.of(
                topic(commands, partitions,
                        Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime",
                                "retention.ms", Long.toString(config.retention().toMillis()))),
                topic(state, partitions, Map.of("cleanup.policy", "compact", "segment.bytes", "134217728", "segment.ms",
                        hours(1), "min.cleanable.dirty.ratio", "0.2", "max.compaction.lag.ms", hours(6),
                        "min.compaction.lag.ms", String.valueOf(COMPACTION_LAG.toMillis())))));
        var left = describe(commands).orElseThrow(() -> gone(commands));
        var right = describe(state).orElseThrow(() -> gone(state));
        require(left.partitions().size() == right.partitions().size(), commands, "has " + left.partitions().size()
                + " partitions but " + state + " has " + right.partitions().size() + "; they must have the same count");
        require("LogAppendTime".equals(setting(commands, "message.timestamp.type")), commands,
                "must have message.timestamp.type=LogAppendTime");
        require("delete".equals(setting(commands, "cleanup.policy")), commands, "must have cleanup.policy=delete");
        require("compact".equals(setting(state, "cleanup.policy")), state, "must have cleanup.policy=compact");
        return new Pair(left.partitions().size(), left.topicId().toString(), right.topicId().toString());
    }

    private NewTopic topic(String name, int partitions, Map<String, String> settings) {
        int brokers = Futures.get("count brokers", admin.describeCluster().nodes(), LIMIT).size();
        int replication = config.replication() > 0 ? config.replication() : Math.min(3, brokers);
        var all = new HashMap<>(settings);
        all.put("min.insync.replicas", Integer.toString(replication >= 3 ? 2 : 1));
        all.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        return new NewTopic(name, partitions, (short) replication).configs(all);
    }

    private void ensure(List<NewTopic> topics) {
        var missing = new ArrayList<NewTopic>();
        for (var topic : topics) {
            if (describe(topic.name()).isEmpty()) {
                missing.add(topic);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        admin.createTopics(missing).values().forEach((name, made) -> {
            try {
                Futures.get("create topic " + name, made, LIMIT);
                LOG.log(System.Logger.Level.INFO, "created topic {0}", name);
            } catch (LogFailure e) {
                // another process made it first: as good
                if (!e.is(TopicExistsException.class)) {
                    throw e;
                }
            }
        });
        missing.forEach(topic -> awaitDescribed(topic.name()));
    }

    /** The controller has made it; the broker that we ask may learn of it a moment later. */
    private void awaitDescribed(String name) {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (describe(name).isEmpty()) {
            if (System.nanoTime() > giveUp) {
                throw gone(name);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Optional<TopicDescription> describe(String name) {
        try {
            return Optional.of(Futures.get("describe topic " + name,
                    admin.describeTopics(Set.of(name)).allTopicNames(), LIMIT)).map(found -> found.get(name));
        } catch (LogFailure e) {
            if (e.is(UnknownTopicOrPartitionException.class)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String setting(String topic, String key) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var settings = Futures.get("read settings of topic " + topic,
                admin.describeConfigs(Set.of(resource)).all(), LIMIT).get(resource);
        return settings == null ? "" : settings.get(key).value();
    }

    private static void require(boolean fits, String topic, String why) {
        if (!fits) {
            throw new Stopped("topic " + topic + " does not fit: it " + why
                    + ". Make a topic that fits, or use another prefix");
        }
    }

    private static LogFailure gone(String topic) {
        return new LogFailure("topic " + topic + " is not there yet");
    }

    private static String hours(int count) {
        return Long.toString(Duration.ofHours(count).toMillis());
    }

    private static String days(int count) {
        return hours(24 * count);
    }
}
