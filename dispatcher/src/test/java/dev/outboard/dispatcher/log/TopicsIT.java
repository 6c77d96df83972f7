package dev.outboard.dispatcher.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Topics are made as configured, and one that does not fit is told in a sentence rather than used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicsIT {
    private static final Map<String, String> COMMANDS = Map.of("message.timestamp.type", "LogAppendTime");
    private static final Map<String, String> STATE = Map.of("cleanup.policy", "compact");
    private Broker broker;
    private Admin admin;
    private LogConfig config;

    @BeforeAll
    void start(@TempDir Path dir) {
        broker = Broker.start(dir.resolve("kafka"), 0, Map.of());
        config = LogConfig.at(broker.bootstrap()).withPartitions(3);
        admin = new Clients(config).admin();
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void makesWhatIsMissingAsConfigured() throws Exception {
        var announced = announce("fresh");
        assertEquals(3, announced.partitions());
        assertEquals(announced, announce("fresh"), "a second time changes nothing");
        assertEquals("LogAppendTime", setting("outboard.commands.fresh.v1", "message.timestamp.type"));
        assertEquals("604800000", setting("outboard.commands.fresh.v1", "retention.ms"));
        assertEquals("compact", setting("outboard.state.fresh.v1", "cleanup.policy"));
        assertEquals("2097152", setting("outboard.state.fresh.v1", "max.message.bytes"));
        assertEquals("1", setting("outboard.state.fresh.v1", "min.insync.replicas"));
        var registry = admin.describeTopics(Set.of("outboard.registry.v1")).allTopicNames().get();
        assertEquals(registry.get("outboard.registry.v1").topicId().toString(), announced.installation());
    }

    @Test
    void aMissingSiblingTakesTheCountOfTheOther() throws Exception {
        make("outboard.commands.half.v1", 5, COMMANDS);
        assertEquals(5, announce("half").partitions());
    }

    @Test
    void countsThatDifferDoNotFit() throws Exception {
        make("outboard.commands.uneven.v1", 2, COMMANDS);
        make("outboard.state.uneven.v1", 4, STATE);
        doesNotFit("uneven", "outboard.commands.uneven.v1", "2 partitions", "4");
    }

    @Test
    void settingsThatWouldLoseJobsDoNotFit() throws Exception {
        make("outboard.commands.untimed.v1", 2, Map.of());
        doesNotFit("untimed", "outboard.commands.untimed.v1", "LogAppendTime");
        make("outboard.state.deleting.v1", 2, Map.of("cleanup.policy", "delete"));
        doesNotFit("deleting", "outboard.state.deleting.v1", "cleanup.policy=compact");
    }

    @Test
    void topicsThatSomebodyRemadeStopTheLane() throws Exception {
        announce("remade");
        admin.deleteTopics(List.of("outboard.state.remade.v1")).all().get(10, TimeUnit.SECONDS);
        var stopped = assertThrows(Stopped.class, () -> announce("remade"));
        assertTrue(stopped.getMessage().contains("deleted and remade"), stopped.getMessage());
    }

    @Test
    void addedPartitionsStopTheLane() throws Exception {
        announce("grown");
        for (var topic : List.of("outboard.commands.grown.v1", "outboard.state.grown.v1")) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(6))).all().get();
        }
        var stopped = assertThrows(Stopped.class, () -> announce("grown"));
        assertTrue(stopped.getMessage().contains("partitions"), stopped.getMessage());
    }

    @Test
    void aNameThatNoTopicCanHaveIsRefused() {
        assertThrows(Stopped.class, () -> announce("No Such Name"));
    }

    private Registry.Announced announce(String taskType) {
        return new Registry(config).announce(taskType, new TreeSet<>(Set.of(0)), "c", "1", Guarantee.ADOPT);
    }

    private void doesNotFit(String taskType, String... parts) {
        var stopped = assertThrows(Stopped.class, () -> announce(taskType));
        for (var part : parts) {
            assertTrue(stopped.getMessage().contains(part), stopped.getMessage());
        }
    }

    private void make(String topic, int partitions, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings))).all().get();
        // the controller has made it; the broker learns of it a moment later
        await().ignoreExceptions().until(() -> admin.describeTopics(Set.of(topic)).allTopicNames().get().size() == 1);
    }

    private String setting(String topic, String key) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(Set.of(resource)).all().get().get(resource).get(key).value();
    }
}
