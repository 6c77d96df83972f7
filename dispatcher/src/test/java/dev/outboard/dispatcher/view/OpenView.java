package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogPort;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A {@link PartitionView} for the simulation, which lives in a package of its own. */
public final class OpenView {
    /** A job as the view shows it. */
    public record Shown(Job job, Position position) {}

    private final int partition;
    private final PartitionView view;

    public OpenView(int partition) {
        this.partition = partition;
        view = new PartitionView("sim", partition, new Listing(), new Watches(), new Memory(ViewLimits.ofHeap()));
    }

    public void command(LogPort.Command command) {
        view.command(record(command.offset(), command.key(), command.value(), command.appendedAt()));
    }

    public void state(LogPort.State state) {
        view.state(record(state.offset(), state.key(), state.value(), Instant.EPOCH));
    }

    /** The job, or null. */
    public Shown get(JobId id) {
        return view.get(id) instanceof Known.Seen seen ? new Shown(seen.job(), seen.position()) : null;
    }

    /** How far workers have folded the commands. */
    public long taken() {
        return view.taken().position();
    }

    /** As the production reader decides it. */
    public static boolean reaches(Position shown, Position state) {
        return shown.reaches(state);
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value, Instant at) {
        return new ConsumerRecord<>("t", partition, offset, at.toEpochMilli(), TimestampType.LOG_APPEND_TIME, 0, 0, key,
                value, new RecordHeaders(), Optional.empty());
    }
}
