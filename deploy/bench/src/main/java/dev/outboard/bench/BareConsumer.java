package dev.outboard.bench;

import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The baseline of a worker: a consumer with the settings of a worker's, that does nothing. */
final class BareConsumer {
    /** As long as an idle worker waits in one poll. */
    static final Duration WAIT = Duration.ofMillis(100);

    private BareConsumer() {}

    /** Takes Kafka's address, the topic and its partitions. */
    public static void main(String[] args) {
        try (var consumer = of(args[0], args[1], Integer.parseInt(args[2]))) {
            consumer.poll(WAIT);
            System.out.println("bare consumer ready");
            while (true) {
                consumer.poll(WAIT);
            }
        }
    }

    /** A consumer of all partitions, from their ends on. */
    static Consumer<byte[], byte[]> of(String kafka, String topic, int count) {
        var consumer = new Clients(LogConfig.at(kafka)).consumer(true, Map.of("max.poll.records", 2000));
        var partitions = IntStream.range(0, count)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // the ends are looked up here, not when the first record has been sent already
        partitions.forEach(consumer::position);
        return consumer;
    }
}
