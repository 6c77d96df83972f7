package dev.outboard.dispatcher.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.Registry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep relies on: nothing that was in the log when it asked is missing, whatever holds the log's end back. */
class LiveIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void allThatIsLiveWhenItIsAskedFor(@TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of())) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(2);
            var registry = new Registry(config);
            registry.announce("swept", new TreeSet<>(List.of(0)), "fake", "1", Guarantee.ADOPT);
            registry.announce("another", new TreeSet<>(List.of(0)), "fake", "1", Guarantee.ADOPT);
            try (var writer = new KafkaJobs(config, new SimpleMeterRegistry());
                    var swept = new KafkaJobs(config, ViewLimits.ofHeap(), new SimpleMeterRegistry(),
                            "swept"::equals)) {
                await().atMost(LIMIT).until(() -> writer.ready() && swept.ready());
                assertEquals(List.of("swept"), swept.taskTypes().stream().map(TaskType::name).toList());
                assertEquals(writer.installation(), swept.installation());
                created(writer, "another");
                var ids = new HashSet<JobId>();
                for (int i = 0; i < 30; i++) {
                    ids.add(created(writer, "swept"));
                    assertEquals(ids, live(swept, LIMIT), "as of the call");
                }
                behindAnOpenTransaction(config, swept);
                assertThrows(IllegalArgumentException.class, () -> swept.live("another", LIMIT));
            }
        }
    }

    /** A dead worker's successor commits behind it: where committed records end is then not where the log ends. */
    private static void behindAnOpenTransaction(LogConfig config, KafkaJobs swept) throws Exception {
        try (var dead = new Clients(config).producer(Map.of("transactional.id", "dead"))) {
            dead.initTransactions();
            dead.beginTransaction();
            dead.send(new ProducerRecord<>(config.names().state("swept"), 0, new byte[]{1, 2, 3}, new byte[]{1})).get();
            assertThrows(TimeoutException.class, () -> swept.live("swept", Duration.ofMillis(700)));
            dead.abortTransaction();
            assertEquals(30, live(swept, LIMIT).size());
        }
    }

    private static Set<JobId> live(KafkaJobs jobs, Duration limit) throws Exception {
        return jobs.live("swept", limit).stream().map(job -> job.id()).collect(Collectors.toSet());
    }

    private static JobId created(KafkaJobs jobs, String taskType) throws Exception {
        var bytes = Bytes.of(new byte[]{1});
        var job = new NewJob(taskType, 0, new Tenant("p", "d"), "n", Map.of(), bytes, 1, null, null, bytes);
        return ((Creation.Accepted) jobs.create(job)).job().job().id();
    }
}
