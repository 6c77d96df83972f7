package dev.outboard.dispatcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka comes late, goes away and comes back; nothing is lost and everybody is told. */
class KafkaDownIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ServedType TYPE = new ServedType("fake", new TreeSet<>(List.of(0)), "fake", "1",
            new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofDays(7)), 100);

    @Test
    void waitsForKafkaAndSurvivesItsAbsence(@TempDir Path dir) throws Exception {
        int port = freePort();
        var config = LogConfig.at("127.0.0.1:" + port).withPartitions(2);
        try (var platform = new FakePlatform();
                var lane = LaneRunner.start(TYPE, config, platform, Long.MAX_VALUE, new SimpleMeterRegistry());
                var jobs = new KafkaJobs(config, new SimpleMeterRegistry())) {
            assertFalse(jobs.ready());
            assertEquals("Kafka", jobs.waitingFor());
            assertInstanceOf(Reading.Behind.class, jobs.read(Identity.random(new Random()), null));

            platform.finishAtOnce = false;
            Reading.Found running;
            try (var broker = Broker.start(dir, port, Map.of())) {
                await().atMost(LIMIT).until(() -> jobs.ready() && !jobs.taskTypes().isEmpty());
                var id = assertInstanceOf(Creation.Accepted.class, jobs.create(job())).job().job().id();
                running = await().atMost(LIMIT)
                        .until(() -> (Reading.Found) jobs.read(id, null),
                                f -> f.job().state() == State.RUNNING);
            }
            refusesWhileAway(jobs, running);

            platform.finishAtOnce = true;
            try (var broker = Broker.start(dir, port, Map.of())) {
                var id = running.job().id();
                await().atMost(LIMIT)
                        .until(() -> jobs.read(id, null) instanceof Reading.Found f
                                && f.job().state() == State.SUCCEEDED);
                assertEquals(1, platform.created.size(), "and still only one external job");
                assertEquals(1, platform.created.values().iterator().next().get());
                await().atMost(LIMIT).until(() -> create(jobs));
            }
        }
    }

    private static void refusesWhileAway(Jobs jobs, Reading.Found running) {
        long started = System.nanoTime();
        assertFalse(create(jobs), "nothing is accepted that is not durable");
        assertTrue(System.nanoTime() - started < Duration.ofSeconds(15).toNanos(), "and it is said in time");
        var seen = assertInstanceOf(Reading.Found.class, jobs.read(running.job().id(), null));
        assertEquals(State.RUNNING, seen.job().state());
        assertTrue(seen.conditions().stream().anyMatch(c -> c.type() == Condition.Type.AS_OF), seen.toString());
        var partition = running.job().id().partition(2);
        var created = new Position(Position.Log.COMMANDS, partition, running.job().incarnation());
        assertInstanceOf(Reading.Found.class, jobs.read(running.job().id(), created),
                "its own create has been read");
        var cancelled = new Position(Position.Log.COMMANDS, partition, running.job().incarnation() + 1);
        assertInstanceOf(Reading.Behind.class, jobs.read(running.job().id(), cancelled),
                "what came before a cancel is no answer to who asked for it");
        assertInstanceOf(Reading.Behind.class, jobs.read(Identity.random(new Random()), null),
                "never 404 without having looked");
    }

    private static boolean create(Jobs jobs) {
        try {
            return jobs.create(job()) instanceof Creation.Accepted;
        } catch (LogUnavailable | OutcomeUnknown e) {
            return false;
        }
    }

    private static NewJob job() {
        var bytes = Bytes.of(new byte[]{1});
        return new NewJob("fake", 0, new Tenant("p", "d"), "n", Map.of(), bytes, 3, null, null, bytes);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
