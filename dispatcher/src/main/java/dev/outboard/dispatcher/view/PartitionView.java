package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.view.Known.Line;
import dev.outboard.dispatcher.view.Known.Seen;
import dev.outboard.dispatcher.view.Position.Log;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Poison;
import dev.outboard.dispatcher.wire.Undecodable;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the two logs of one partition say: the latest state of each job, and the creates that no worker has folded yet.
 * State records and the watermark that goes with them come in the order of the log, so at any moment a create is in one
 * of the two. Written by the tails' threads, read by any.
 */
final class PartitionView {
    private static final System.Logger LOG = System.getLogger(PartitionView.class.getName());

    private final String taskType;
    private final int partition;
    private final Listing listing;
    private final Watches watches;
    private final Memory memory;
    private final Map<JobId, Seen> states = new HashMap<>();
    /** In an archive is who is not among the states. */
    private final Archive archive = new Archive();
    private final Untaken untaken = new Untaken();
    private final Repeats repeats = new Repeats();
    private final Map<JobId, Long> specs = new HashMap<>();
    private final Place taken = new Place();

    PartitionView(String taskType, int partition, Listing listing, Watches watches, Memory memory) {
        this.taskType = taskType;
        this.partition = partition;
        this.listing = listing;
        this.watches = watches;
        this.memory = memory;
    }

    synchronized @Nullable Known get(JobId id) {
        var waiting = untaken.get(id);
        var state = state(id);
        return waiting == null || !waiting.follows(state) ? state : waiting.seen();
    }

    private @Nullable Known state(JobId id) {
        var state = states.get(id);
        return state == null ? archive.get(id) : state;
    }

    /** Keeps of an ended job only a line, if its record is still the one at this offset. */
    synchronized void archive(JobId id, long offset) {
        var state = states.get(id);
        if (state != null && !state.live() && state.position().offset() == offset) {
            states.remove(id);
            archive.put(state.job(), offset);
            listing.archived(state.job());
        }
    }

    /** How many jobs are kept as a line. */
    synchronized int archived() {
        return archive.size();
    }

    /** Adds those among them that a list may show; see {@link Archive#select}. */
    synchronized void select(JobFilter filter, @Nullable Cursor after, int limit, PriorityQueue<Cursor> best) {
        archive.select(filter, after, limit, best);
    }

    /** How far workers have folded the commands. */
    Place taken() {
        return taken;
    }

    /** Where the spec of a live job stands in the state log, or null. */
    synchronized @Nullable Long spec(JobId id) {
        return specs.get(id);
    }

    /** All jobs that have not ended, as of one moment. */
    synchronized List<Job> live() {
        return Stream.concat(states.keySet().stream(), untaken.ids().stream())
                .distinct()
                .map(this::get)
                .filter(Seen.class::isInstance)
                .map(Seen.class::cast)
                .filter(Seen::live)
                .map(Seen::job)
                .toList();
    }

    /** When the oldest create that no worker has folded was appended, or null. */
    synchronized @Nullable Instant oldestUntaken() {
        return untaken.oldest();
    }

    /** One record of the command log. */
    synchronized void command(ConsumerRecord<byte[], byte[]> record) {
        var create = create(record);
        if (create == null || record.offset() < taken.position()) {
            return;
        }
        listing.untaken(1);
        if (startsOne(create)) {
            var was = get(create.id());
            if (untaken.get(create.id()) == null) {
                untaken.add(create, queued(create));
            } else {
                // what waited has been folded, and its watermark is still to be read
                untaken.put(create, queued(create));
                listing.untaken(-1);
            }
            changed(create.id(), was);
        } else {
            repeats.add(create);
        }
    }

    private Seen queued(Input.Create create) {
        return new Seen(Lifecycle.queued(create), new Position(Log.COMMANDS, partition, create.offset()));
    }

    /** What a worker will take the record for: also what cannot be decoded may begin a job, and then a later create not. */
    private Input.@Nullable Create create(ConsumerRecord<byte[], byte[]> record) {
        var at = Instant.ofEpochMilli(record.timestamp());
        try {
            var read = Commands.read(record.key(), record.value(), record.offset(), at);
            return read.command() instanceof Input.Create create ? create : null;
        } catch (Undecodable e) {
            LOG.log(System.Logger.Level.DEBUG, "command {0} of {1}-{2} is no command: {3}", record.offset(),
                    record.topic(), partition, e.getMessage());
            return Poison.create(taskType, record.key(), partition, record.offset(), at,
                    String.valueOf(e.getMessage()));
        }
    }

    /** By the worker's own rule: no job of this id that is live or remembered. */
    private boolean startsOne(Input.Create create) {
        var state = state(create.id());
        var waiting = untaken.get(create.id());
        if (waiting != null && waiting.follows(state)) {
            return false;
        }
        return state == null ? create.replaces() == null : state.gives(create.replaces(), create.accepted().at());
    }

    /** One record of the state log. */
    synchronized void state(ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (Keys.kind(record.key())) {
                case JOB -> job(JobId.of(record.key()), record);
                case SPEC -> {
                    if (record.value() == null) {
                        specs.remove(JobId.of(record.key()));
                    } else {
                        specs.put(JobId.of(record.key()), record.offset());
                    }
                }
                case WATERMARK -> {
                    if (record.value() != null) {
                        folded(Watermark.read(record.value()).position());
                    }
                }
                case OTHER -> {
                    // control of a later version: not ours to read
                }
            }
        } catch (Undecodable e) {
            LOG.log(System.Logger.Level.ERROR, "state record {0} of {1}-{2} cannot be read: {3}", record.offset(),
                    record.topic(), partition, e.getMessage());
        }
    }

    private void job(JobId id, ConsumerRecord<byte[], byte[]> record) throws Undecodable {
        var was = get(id);
        if (record.value() == null) {
            var gone = state(id);
            states.remove(id);
            archive.remove(id);
            var waiting = untaken.get(id);
            if (waiting == null || waiting.replaces() != null
                    || gone != null && waiting.seen().incarnation() <= gone.incarnation()) {
                begins(repeats.begins(id, null));
            }
        } else {
            var seen = new Seen(JobRecords.read(id, record.value()),
                    new Position(Log.STATE, partition, record.offset()));
            archive.remove(id);
            states.put(id, seen);
            if (!seen.live()) {
                memory.ended(this, seen);
                var waiting = untaken.get(id);
                if (waiting == null || !waiting.follows(seen)) {
                    begins(repeats.begins(id, seen));
                }
            }
        }
        changed(id, was);
    }

    private void begins(Input.@Nullable Create create) {
        if (create != null) {
            listing.untaken(untaken.put(create, queued(create)) ? 1 : 0);
        }
    }

    private void changed(JobId id, @Nullable Known was) {
        var is = get(id);
        if (is == was || is instanceof Line && is.equals(was)) {
            return;
        }
        listing.changed(was, is);
        memory.changed(was instanceof Seen seen ? seen : null, is instanceof Seen seen ? seen : null);
        watches.changed(id);
    }

    private void folded(long position) {
        for (var id = untaken.before(position); id != null; id = untaken.before(position)) {
            var shown = get(id);
            untaken.remove(id);
            listing.untaken(-1);
            changed(id, shown);
        }
        listing.untaken(-repeats.folded(position));
        taken.advance(position);
    }
}
