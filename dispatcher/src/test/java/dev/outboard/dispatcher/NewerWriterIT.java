package dev.outboard.dispatcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.Registry;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.wire.proto.CommandRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rolling upgrade, seen by a reader of the older version. */
class NewerWriterIT {

    @Test
    void aRecordOfANewerWriterHaltsNothingButItsPartition(@TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir, 0, Map.of())) {
            var config = LogConfig.at(broker.bootstrap()).withPartitions(1);
            for (var type : List.of("newer", "same")) {
                new Registry(config).announce(type, new TreeSet<>(List.of(0)), "fake", "1", Guarantee.ADOPT);
            }
            try (var jobs = new KafkaJobs(config, new SimpleMeterRegistry());
                    var producer = new Clients(config).producer(Map.of())) {
                await().atMost(Duration.ofSeconds(20)).until(jobs::ready);
                var newer = CommandRecord.newBuilder().setMajor(2).build().toByteArray();
                producer.send(new ProducerRecord<>(config.names().commands("newer"), 0, new JobId(1, 1).bytes(), newer))
                        .get();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> jobs.read(new JobId(1, 2), null) instanceof Reading.Behind);
                var bytes = Bytes.of(new byte[]{1});
                var job = new NewJob("same", 0, new Tenant("p", "d"), "n", Map.of(), bytes, 3, null, "k", bytes);
                assertInstanceOf(Creation.Accepted.class, jobs.create(job), "it is read back, so this tail goes on");
            }
        }
    }
}
