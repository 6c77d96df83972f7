package dev.outboard.dispatcher.log;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings that all of ours share; each other setting's reason stands where it is given. */
public final class Clients {
    private final LogConfig config;

    public Clients(LogConfig config) {
        this.config = config;
    }

    public Admin admin() {
        return made(() -> Admin.create(with(Map.of("request.timeout.ms", 4000, "default.api.timeout.ms", 10_000))));
    }

    /** Reads what it is told to; never commits by itself, and never guesses a position. */
    public Consumer<byte[], byte[]> consumer(boolean committedOnly, Map<String, Object> more) {
        var settings = new HashMap<String, Object>();
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("isolation.level", committedOnly ? "read_committed" : "read_uncommitted");
        settings.put("allow.auto.create.topics", false);
        // commands carry bodies of up to 1 MiB: the default of 50 MiB at a time is a fifth of a small heap
        settings.put("fetch.max.bytes", 16 * 1024 * 1024);
        settings.putAll(more);
        return made(
                () -> new KafkaConsumer<>(with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Durable and in order: acks=all and idempotent are the client's own defaults, said here because they matter. */
    public Producer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<String, Object>();
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        // callers wait for each record: lingering is pure latency
        settings.put("linger.ms", 0);
        settings.put("batch.size", 131_072);
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
        // transactions v2 sleep this long when two follow back to back; the default of 100 ms costs a factor of ten
        settings.put("retry.backoff.ms", 2);
        settings.put("retry.backoff.max.ms", 100);
        settings.putAll(more);
        return made(() -> new KafkaProducer<>(with(settings), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A client that cannot be made (a host that does not resolve, a setting that is none) is told by its innermost cause. */
    private static <T> T made(Supplier<T> making) {
        try {
            return making.get();
        } catch (KafkaException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new LogFailure("no Kafka client can be made: " + cause.getMessage(), e);
        }
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("bootstrap.servers", config.bootstrap());
        // a broker that comes back is found at once, and one that is away is not hammered
        all.put("reconnect.backoff.ms", 50);
        all.put("reconnect.backoff.max.ms", 1000);
        all.put("enable.metrics.push", false);
        all.putAll(config.client());
        return all;
    }
}
