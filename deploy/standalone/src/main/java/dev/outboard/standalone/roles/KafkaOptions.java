package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the log is; the same for every role that uses it. */
final class KafkaOptions {
    @Option(names = "--kafka", paramLabel = "HOST:PORT", required = true, defaultValue = "${env:OUTBOARD_KAFKA}", description = "Kafka's address, or several with commas (env: OUTBOARD_KAFKA).")
    private String bootstrap;

    @Option(names = "--prefix", paramLabel = "NAME", defaultValue = "${env:OUTBOARD_PREFIX:-outboard}", description = "First part of the names of topics, groups and transactional ids (default: outboard).")
    private String prefix;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "64", description = "Partitions of a task type's topics when they are first made, 1 to 1024; never changed later (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--replication", paramLabel = "N", defaultValue = "0", description = "Replicas of new topics (default: 3 where there are so many brokers).")
    private int replication;

    @Option(names = "--installation", paramLabel = "NAME", description = "Overrides this installation's name, the registry's topic id: for a migration to another Kafka.")
    private @Nullable String installation;

    @Option(names = "--kafka-set", paramLabel = "SETTING=VALUE", description = "A Kafka client setting, such as security.protocol=SSL.")
    private Map<String, String> client = Map.of();

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    KafkaOptions() {}

    LogConfig config() {
        try {
            return new LogConfig(bootstrap, prefix, partitions, replication, LogConfig.DEFAULT_RETENTION, installation,
                    client);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "mend that option; --help shows them all");
        }
    }
}
