package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Undecodable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both logs of one partition and the group's position in it. Everything ever written stays here, for the checker. */
final class Partition {
    /** No record younger than this is compacted away, nor makes another go: {@code min.compaction.lag.ms}. */
    private static final long COMPACTION_LAG = 10 * World.SECOND;
    private static final long TOMBSTONES_STAY = 5 * World.MINUTE;

    enum Status {
        OPEN, COMMITTED, ABORTED, MARKER
    }

    /** What stands at one offset of the state log. */
    static final class Entry {
        final byte[] key;
        final byte @Nullable [] value;
        final @Nullable Transaction by;
        final long at;
        Status status;
        /** Gone for every reader. */
        boolean compacted;
        /** Of a committed job record. */
        @Nullable
        Job job;

        Entry(byte[] key, byte @Nullable [] value, @Nullable Transaction by, long at, Status status) {
            this.key = key;
            this.value = value;
            this.by = by;
            this.at = at;
            this.status = status;
        }

        boolean ofJob() {
            return status == Status.COMMITTED && Keys.kind(key) == Keys.Kind.JOB;
        }
    }

    final int number;
    final List<LogPort.Command> commands = new ArrayList<>();
    final List<Entry> state = new ArrayList<>();
    /** The last stable offset of the state log. */
    int stable;
    @Nullable
    Long committed;
    /** Transactions with a pending position. */
    int pending;
    /** The latest committed record of each job, for the count of states. */
    final Map<JobId, Job> latest = new HashMap<>();

    Partition(int number) {
        this.number = number;
    }

    long command(byte[] key, byte[] value, Instant at) {
        commands.add(new LogPort.Command(number, commands.size(), at, key, value));
        return commands.size() - 1;
    }

    long append(LogPort.Write write, Transaction by, long at) {
        state.add(new Entry(write.key(), write.value(), by, at, Status.OPEN));
        return state.size() - 1;
    }

    /** The marker of this transaction lands. */
    void end(Transaction by, long at) {
        for (int i = stable; i < state.size(); i++) {
            var entry = state.get(i);
            if (entry.by == by && entry.status == Status.OPEN) {
                entry.status = by.status == Transaction.Status.COMMIT ? Status.COMMITTED : Status.ABORTED;
                decode(entry);
            }
        }
        state.add(new Entry(new byte[0], null, by, at, Status.MARKER));
        while (stable < state.size() && state.get(stable).status != Status.OPEN) {
            stable++;
        }
    }

    private void decode(Entry entry) {
        if (!entry.ofJob()) {
            return;
        }
        var id = JobId.of(entry.key);
        try {
            entry.job = entry.value == null ? null : JobRecords.read(id, entry.value);
        } catch (Undecodable e) {
            throw new AssertionError(e);
        }
        latest.put(id, entry.job);
    }

    /** Committed records from here on, up to the last stable offset and at most so many offsets on. */
    List<LogPort.State> read(long from, long to) {
        var found = new ArrayList<LogPort.State>();
        for (int i = (int) from; i < to; i++) {
            var entry = state.get(i);
            if (entry.status == Status.COMMITTED && !entry.compacted) {
                found.add(new LogPort.State(number, i, entry.key, entry.value));
            }
        }
        return found;
    }

    /** Only the last record of a key stays, a tombstone for a while. */
    void compact(int to, long now) {
        var later = new HashSet<ByteBuffer>();
        int end = Math.min(to, stable);
        while (end > 0 && state.get(end - 1).at > now - COMPACTION_LAG) {
            end--;
        }
        for (int i = end - 1; i >= 0; i--) {
            var entry = state.get(i);
            boolean last = entry.status == Status.COMMITTED && later.add(ByteBuffer.wrap(entry.key));
            entry.compacted |= !last || entry.value == null && entry.at < now - TOMBSTONES_STAY;
        }
    }
}
