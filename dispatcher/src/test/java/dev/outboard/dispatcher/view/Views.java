package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.log.Names;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.Descriptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Views of task types of one partition, without Kafka. */
final class Views {
    private static final Memory MEMORY = new Memory(ViewLimits.ofHeap());
    private static final Bytes SOMETHING = Bytes.of(new byte[]{1});

    private Views() {}

    static Filled type(String name) {
        var descriptor = new Descriptor(name, new TreeSet<>(List.of(0)), name, "1", Guarantee.NONE, 1, "c", "s");
        return new Filled(new TypeView(descriptor, new Names("outboard"), null, null, new Watches(),
                MEMORY, (_, _) -> Optional.empty(), new ViewMeters(new SimpleMeterRegistry(), _ -> true)));
    }

    /** A view, to be filled with creates that no worker has taken. */
    static final class Filled {
        private final TypeView view;
        private long offset;

        private Filled(TypeView view) {
            this.view = view;
        }

        TypeView view() {
            return view;
        }

        void create(long low, Instant at) {
            create(low, at, "", Map.of());
        }

        void create(long low, Instant at, String name, Map<String, String> labels) {
            var id = new JobId(0, low);
            var accepted = new Accepted(view.taskType(), 0, new Tenant("p", "d"), name, labels, SOMETHING, 1, null, at);
            view.partition(id)
                    .command(new ConsumerRecord<>("t", 0, offset++, at.toEpochMilli(), TimestampType.LOG_APPEND_TIME, 0,
                            0, id.bytes(), Commands.create(accepted, SOMETHING, null), new RecordHeaders(),
                            Optional.empty()));
        }
    }
}
