package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.Names;
import dev.outboard.dispatcher.view.Known.Line;
import dev.outboard.dispatcher.view.Known.Seen;
import dev.outboard.dispatcher.view.Position.Log;
import dev.outboard.dispatcher.wire.Descriptor;
import dev.outboard.dispatcher.wire.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One task type's jobs, as both its topics tell. */
final class TypeView {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** A record that has moved is where the view has meanwhile read of it, or will be. */
    private static final int TRIES = 2;

    private final Descriptor descriptor;
    private final List<TopicPartition> commandPartitions;
    private final List<TopicPartition> statePartitions;
    private final String group;
    private final Tail commandTail;
    private final Tail stateTail;
    private final List<PartitionView> partitions;
    private final Listing listing = new Listing();
    private final Memory memory;
    private final BiFunction<TypeView, Line, Optional<Job>> recall;
    private final TypeMeters meters;
    private volatile boolean ready;

    /** @param recall reads back the record of an archived job; empty if it does not stand there any more */
    TypeView(Descriptor descriptor, Names names, Tail commandTail, Tail stateTail, Watches watches, Memory memory,
            BiFunction<TypeView, Line, Optional<Job>> recall, ViewMeters viewMeters) {
        this.descriptor = descriptor;
        this.commandTail = commandTail;
        this.stateTail = stateTail;
        this.memory = memory;
        this.recall = recall;
        commandPartitions = partitions(names.commands(descriptor.taskType()));
        statePartitions = partitions(names.state(descriptor.taskType()));
        group = names.workers(descriptor.taskType());
        partitions = IntStream.range(0, descriptor.partitions())
                .mapToObj(p -> new PartitionView(descriptor.taskType(), p, listing, watches, memory))
                .toList();
        meters = viewMeters.of(this);
    }

    private List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, descriptor.partitions()).mapToObj(p -> new TopicPartition(topic, p)).toList();
    }

    String taskType() {
        return descriptor.taskType();
    }

    /** How a job of this type is found again that somebody found by hand. */
    Handle handle(int version, String value) {
        return new Handle(descriptor.connector(), descriptor.connectorVersion(), version, value);
    }

    String group() {
        return group;
    }

    boolean ready() {
        return ready;
    }

    TopicPartition commands(JobId id) {
        return commandPartitions.get(id.partition(descriptor.partitions()));
    }

    TopicPartition states(JobId id) {
        return statePartitions.get(id.partition(descriptor.partitions()));
    }

    List<TopicPartition> states() {
        return statePartitions;
    }

    PartitionView partition(JobId id) {
        return partitions.get(id.partition(descriptor.partitions()));
    }

    Listing listing() {
        return listing;
    }

    /**
     * The job, or null.
     *
     * @throws LogFailure if it is archived, and its record could not be read back now
     */
    @Nullable
    Seen get(JobId id) {
        var partition = partition(id);
        for (int i = 0; i < TRIES; i++) {
            switch (partition.get(id)) {
                case null -> {
                    return null;
                }
                case Seen seen -> {
                    return seen;
                }
                case Line line -> {
                    var job = recall.apply(this, line);
                    if (job.isPresent()) {
                        return new Seen(job.get(),
                                new Position(Log.STATE, id.partition(descriptor.partitions()), line.offset()));
                    }
                }
            }
        }
        throw new LogFailure("the record of job " + id + " has moved, and has not been read where it is now");
    }

    /** The first {@code limit} archived jobs after this place that a list may show; the last of them first. */
    PriorityQueue<Cursor> archived(JobFilter filter, @Nullable Cursor after, int limit) {
        var best = new PriorityQueue<Cursor>(Comparator.reverseOrder());
        if (filter.states().isEmpty() || filter.states().stream().anyMatch(State::terminal)) {
            partitions.forEach(partition -> partition.select(filter, after, limit, best));
        }
        return best;
    }

    /** How many jobs are archived. */
    int archived() {
        return partitions.stream().mapToInt(PartitionView::archived).sum();
    }

    int untaken() {
        return listing.untaken();
    }

    /** Records of the command log that are still to be read. */
    long commandLag() {
        return lag(commandTail, commandPartitions);
    }

    /** Records of the state log that are still to be read. */
    long stateLag() {
        return lag(stateTail, statePartitions);
    }

    private static long lag(Tail tail, List<TopicPartition> partitions) {
        return partitions.stream().mapToLong(p -> tail.place(p).lag()).sum();
    }

    @Nullable
    Instant oldestUntaken() {
        return partitions.stream()
                .map(PartitionView::oldestUntaken)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /**
     * Reads both logs up to where they end now, in the one order that misses nothing: where both logs end, the state, and
     * then the commands from the watermark that the state ended with. Blocks until caught up; then both logs are followed.
     */
    void catchUp(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        var stateEnds = Bounds.of(admin, statePartitions, OffsetSpec.latest());
        var commandEnds = Bounds.of(admin, commandPartitions, OffsetSpec.latest());
        var stateStarts = Bounds.of(admin, statePartitions, OffsetSpec.earliest());
        var commandStarts = Bounds.of(admin, commandPartitions, OffsetSpec.earliest());
        for (int p = 0; p < partitions.size(); p++) {
            var partition = partitions.get(p);
            stateTail.follow(statePartitions.get(p), stateStarts.getOrDefault(p, 0L),
                    record -> state(partition, record));
        }
        for (int p = 0; p < partitions.size(); p++) {
            waitFor(stateTail, statePartitions.get(p), stateEnds.getOrDefault(p, 0L));
            long from = Math.max(commandStarts.getOrDefault(p, 0L), partitions.get(p).taken().position());
            commandTail.follow(commandPartitions.get(p), from, partitions.get(p)::command);
        }
        for (int p = 0; p < partitions.size(); p++) {
            waitFor(commandTail, commandPartitions.get(p), commandEnds.getOrDefault(p, 0L));
        }
        ready = true;
    }

    /** Those jobs that have not ended once both logs have been read to where they end now. */
    List<Job> live(Admin admin, Duration limit) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            // also what a transaction that is still open holds back: a barrier at the last stable offset would not be late
            // enough for what was committed behind it
            var stateEnds = Bounds.of(admin, statePartitions, OffsetSpec.latest());
            var commandEnds = Bounds.of(admin, commandPartitions, OffsetSpec.latest());
            for (int p = 0; p < partitions.size(); p++) {
                if (!stateTail.place(statePartitions.get(p)).await(stateEnds.getOrDefault(p, 0L), deadline)
                        || !commandTail.place(commandPartitions.get(p))
                                .await(commandEnds.getOrDefault(p, 0L), deadline)) {
                    throw new TimeoutException("partition " + p + " of task type " + taskType()
                            + " has not been read to its end within " + limit.toSeconds() + " s");
                }
            }
        } catch (ExecutionException e) {
            throw new TimeoutException("Kafka does not say where the logs of task type " + taskType() + " end: "
                    + (e.getCause() == null ? e : e.getCause()).getMessage());
        }
        return partitions.stream().flatMap(partition -> partition.live().stream()).toList();
    }

    private void state(PartitionView partition, ConsumerRecord<byte[], byte[]> record) {
        partition.state(record);
        memory.trim();
        // what is read back at the start is old, and nobody waited for it
        if (ready && record.value() != null && Keys.kind(record.key()) == Keys.Kind.JOB) {
            meters.shown(record.timestamp());
        }
    }

    /** Forgets its meters: the task type is retired. */
    void retire() {
        meters.close();
    }

    /** As long as it takes: an open transaction may hold the state's last records back until it ends. */
    private static void waitFor(Tail tail, TopicPartition partition, long end) throws InterruptedException {
        while (!tail.place(partition).await(end, System.nanoTime() + LIMIT.toNanos())) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
