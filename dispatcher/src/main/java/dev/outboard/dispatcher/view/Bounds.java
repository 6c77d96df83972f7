package dev.outboard.dispatcher.view;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where a topic's partitions begin or end now, what open transactions wrote included. */
final class Bounds {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Bounds() {}

    /** Offsets by partition. */
    static Map<Integer, Long> of(Admin admin, List<TopicPartition> topic, OffsetSpec bound)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        topic.forEach(p -> asked.put(p, bound));
        var offsets = new HashMap<Integer, Long>();
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .forEach((p, found) -> offsets.put(p.partition(), found.offset()));
        return offsets;
    }
}
