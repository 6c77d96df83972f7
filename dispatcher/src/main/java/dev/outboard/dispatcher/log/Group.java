package dev.outboard.dispatcher.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * How a lane joins its group: KIP-848 with a 6 s session, which is the group's own setting and may be below the broker's
 * floor; where the broker refuses it, the classic protocol, whose session is the member's to choose.
 */
final class Group {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Group.class.getName());

    private Group() {}

    /** The consumer settings to join with. */
    static Map<String, Object> settings(Admin admin, String group) {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var wanted = List.of(set("consumer.session.timeout.ms", LogPort.SESSION),
                set("consumer.heartbeat.interval.ms", HEARTBEAT));
        try {
            Futures.get("set the session of group " + group,
                    admin.incrementalAlterConfigs(Map.of(resource, wanted)).all(),
                    LIMIT);
            return Map.of("group.id", group, "group.protocol", "consumer");
        } catch (LogFailure e) {
            if (!e.is(InvalidConfigurationException.class, InvalidRequestException.class,
                    UnsupportedVersionException.class)) {
                throw e;
            }
            LOG.log(System.Logger.Level.INFO,
                    "the broker refuses a session of {0} s for group {1} ({2}): joining by the "
                            + "classic protocol",
                    LogPort.SESSION.toSeconds(), group, e.getMessage());
            return Map.of("group.id", group, "group.protocol", "classic", "session.timeout.ms",
                    (int) LogPort.SESSION.toMillis(),
                    "heartbeat.interval.ms", (int) HEARTBEAT.toMillis(), "partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        }
    }

    private static AlterConfigOp set(String name, Duration value) {
        return new AlterConfigOp(new ConfigEntry(name, Long.toString(value.toMillis())), AlterConfigOp.OpType.SET);
    }
}
