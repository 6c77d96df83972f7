package dev.outboard.crash.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/** Whether all replicas of all partitions are there, Kafka's own included. */
final class InSync implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private final Admin admin;

    InSync(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", 4000,
                "default.api.timeout.ms", 8000, "reconnect.backoff.max.ms", 1000, "enable.metrics.push", false));
    }

    /** Waits until every partition has that many replicas in sync. */
    void await(int replicas, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        var missing = "nothing was told";
        while (System.nanoTime() < deadline) {
            try {
                missing = missing(replicas);
                if (missing.isEmpty()) {
                    return;
                }
            } catch (ExecutionException | TimeoutException e) {
                missing = String.valueOf(e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
        throw new ClusterFailed("not every partition has " + replicas + " replicas in sync within "
                + limit.toSeconds() + " s: " + missing);
    }

    private String missing(int replicas) throws InterruptedException, ExecutionException, TimeoutException {
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get(8, TimeUnit.SECONDS);
        var topics = admin.describeTopics(names).allTopicNames().get(8, TimeUnit.SECONDS);
        for (var topic : topics.values()) {
            var found = missing(topic, replicas);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static String missing(TopicDescription topic, int replicas) {
        return topic.partitions()
                .stream()
                .filter(p -> p.isr().size() < replicas)
                .map(p -> topic.name() + "-" + p.partition() + " has " + p.isr().size() + " of " + p.replicas().size())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
