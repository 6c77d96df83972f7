package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.Clients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Writes commands: one record, one round trip, durable once it returns. */
final class CommandWriter implements AutoCloseable {
    /** Longer than a broker's fail-over, so that one broker's death costs time and no create. */
    private static final int DELIVERY_MILLIS = 10_000;

    private final Producer<byte[], byte[]> producer;

    CommandWriter(Clients clients) {
        producer = clients.producer(Map.of("delivery.timeout.ms", DELIVERY_MILLIS, "request.timeout.ms", 3000,
                "max.block.ms", 3000));
    }

    /** The offset and the append time of the command. */
    RecordMetadata write(TopicPartition place, JobId id, byte[] command) throws LogUnavailable, OutcomeUnknown {
        try {
            var sent = producer.send(new ProducerRecord<>(place.topic(), place.partition(), id.bytes(), command));
            if (sent.isDone() && sent.state() == Future.State.FAILED) {
                // refused before it was ever handed to the network
                throw new LogUnavailable("Kafka cannot be reached", sent.exceptionNow());
            }
            return sent.get(DELIVERY_MILLIS + 1000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new OutcomeUnknown(id, "Kafka did not confirm the command in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown(id, "interrupted while waiting for Kafka");
        } catch (KafkaException e) {
            throw new LogUnavailable("Kafka cannot be reached", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
