package dev.outboard.dispatcher.log;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the log is and how its topics are made.
 *
 * @param bootstrap Kafka's {@code host:port[,host:port…]}
 * @param prefix of topics, groups and transactional ids: {@code [a-z0-9.-]{1,40}}
 * @param partitions of a task type's topics when they are first made, 1 to 1024; existing topics keep theirs
 * @param replication of new topics, or 0 for 3 where there are so many brokers, else as many as there are
 * @param retention how long commands are kept
 * @param installation overrides the installation's name (the registry's topic id), for a migration; or null
 * @param client further settings of Kafka clients (security, say), which win over ours
 */
public record LogConfig(String bootstrap, String prefix, int partitions, int replication, Duration retention,
        @Nullable String installation, Map<String, String> client) {
    public static final String DEFAULT_PREFIX = "outboard";
    public static final int DEFAULT_PARTITIONS = 64;
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    public LogConfig {
        client = Map.copyOf(client);
        require(!bootstrap.isBlank(), "kafka", "must be HOST:PORT");
        require(prefix.matches("[a-z0-9.-]{1,40}"), "prefix", "must be 1 to 40 of a-z, 0-9, '.' and '-'");
        require(partitions >= 1 && partitions <= 1024, "partitions", "must be 1 to 1024");
        require(replication >= 0 && replication <= 9, "replication", "must be 0 to 9");
        require(retention.compareTo(Duration.ofHours(1)) >= 0, "retention", "must be an hour or more");
    }

    /** Everything by default. */
    public static LogConfig at(String bootstrap) {
        return new LogConfig(bootstrap, DEFAULT_PREFIX, DEFAULT_PARTITIONS, 0, DEFAULT_RETENTION, null, Map.of());
    }

    public LogConfig withPartitions(int count) {
        return new LogConfig(bootstrap, prefix, count, replication, retention, installation, client);
    }

    /** Names of everything that carries the prefix. */
    public Names names() {
        return new Names(prefix);
    }

    private static void require(boolean good, String setting, String rule) {
        if (!good) {
            throw new IllegalArgumentException("setting " + setting + " " + rule);
        }
    }
}
