package dev.outboard.dispatcher.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailIT {
    private static final TopicPartition PLACE = new TopicPartition("t", 0);
    /** What one poll brings at most. */
    private static final int BATCH = 5000;

    @Test
    void saysHowMuchIsStillToBeRead(@TempDir Path dir) throws Exception {
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of())) {
            var clients = new Clients(LogConfig.at(broker.bootstrap()));
            try (var admin = clients.admin(); var producer = clients.producer(Map.of())) {
                admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
                for (int i = 0; i < BATCH + 1000; i++) {
                    producer.send(new ProducerRecord<>("t", 0, null, new byte[]{1}));
                }
                producer.flush();
            }
            var goOn = new CountDownLatch(1);
            try (var tail = new Tail("test", clients, false, places())) {
                tail.follow(PLACE, 0, record -> {
                    if (record.offset() == BATCH) {
                        hold(goOn);
                    }
                });
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertEquals(1000, tail.place(PLACE).lag()));
                goOn.countDown();
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(0, tail.place(PLACE).lag()));
            }
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Function<TopicPartition, Place> places() {
        var places = new ConcurrentHashMap<TopicPartition, Place>();
        return partition -> places.computeIfAbsent(partition, _ -> new Place());
    }
}
