package dev.outboard.bench;

import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The baseline of a create: a topic of the shape of a commands topic, and a producer with the settings of an API's. */
final class BareTopic implements AutoCloseable {
    static final String NAME = "bare";
    private static final int KEY_SIZE = 16;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final int partitions;
    private final byte[] value;

    private BareTopic(Producer<byte[], byte[]> producer, int partitions, byte[] value) {
        this.producer = producer;
        this.partitions = partitions;
        this.value = value;
    }

    static void make(String kafka, int partitions) throws ExecutionException, InterruptedException {
        try (var admin = new Clients(LogConfig.at(kafka)).admin()) {
            var topic = new NewTopic(NAME, partitions, (short) 1);
            topic.configs(Map.of("message.timestamp.type", "LogAppendTime"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /**
     * A producer of the very bytes that the API writes for a create.
     *
     * @param body of the create
     */
    static BareTopic like(Rig rig, byte[] body) throws IOException {
        String position;
        try (var jobs = new Jobs(rig.api())) {
            jobs.send(Jobs.create(body));
            position = jobs.position();
        }
        var config = LogConfig.at(rig.kafka());
        var clients = new Clients(config);
        // c<partition>.<offset>
        var place = position.substring(1).split("\\.");
        var commands = config.names().commands(BenchConnector.TASK_TYPE);
        try (var consumer = clients.consumer(false, Map.of())) {
            var partition = new TopicPartition(commands, Integer.parseInt(place[0]));
            consumer.assign(List.of(partition));
            consumer.seek(partition, Long.parseLong(place[1]));
            var read = consumer.poll(LIMIT);
            if (read.isEmpty()) {
                throw new BenchFailed("the create at " + position + " cannot be read back");
            }
            return new BareTopic(clients.producer(Map.of()), rig.partitions(), read.iterator().next().value());
        }
    }

    /** Writes one record and waits until it is durable. */
    void write() throws ExecutionException, InterruptedException {
        var random = ThreadLocalRandom.current();
        var key = new byte[KEY_SIZE];
        random.nextBytes(key);
        producer.send(new ProducerRecord<>(NAME, random.nextInt(partitions), key, value)).get();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
