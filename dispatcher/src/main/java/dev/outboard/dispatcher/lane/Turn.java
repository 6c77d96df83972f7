package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one turn writes, and whom it must look after once that is committed. */
final class Turn {
    /** A larger spec is read again for its create: thousands of them may wait for their platform at a time. */
    private static final int KEPT = 8 * 1024;

    private final List<LogPort.Write> writes = new ArrayList<>();
    private final List<LogPort.Dead> dead = new ArrayList<>();
    private final Set<Shard> touched = new LinkedHashSet<>();
    private final Map<Row, Demand> settle = new LinkedHashMap<>();
    private final Map<Integer, Row> specs = new HashMap<>();
    private final Tally tally = new Tally();

    private boolean checking;

    /** A check was started whose result may still be part of this turn. */
    void checking() {
        checking = true;
    }

    boolean isChecking() {
        return checking;
    }

    /** A row's next record. */
    void write(Shard shard, Job job) {
        add(shard, Keys.job(job.id()), JobRecords.write(job));
        if (job.state().terminal()) {
            add(shard, Keys.spec(job.id()), null);
            tally.ended.add(job);
        }
    }

    /** The spec of a job that begins; the row learns where it stands once it is committed. */
    void writeSpec(Row row, Bytes spec) {
        specs.put(writes.size(), row);
        add(row.shard, Keys.spec(row.job.id()), SpecRecords.write(row.job.incarnation(), spec));
    }

    void forget(Shard shard, JobId id) {
        add(shard, Keys.job(id), null);
    }

    void bury(Shard shard, byte @Nullable [] key, byte[] letter) {
        touched.add(shard);
        tally.deadLetters++;
        dead.add(new LogPort.Dead(key, letter));
    }

    /** What came of a command. */
    void count(Tally.Taken taken) {
        tally.commands.merge(taken, 1, Integer::sum);
    }

    /** What is to be counted once the turn is committed. */
    Tally tally() {
        tally.records = writes.size() + dead.size();
        return tally;
    }

    /** A command of this shard was folded, whatever came of it. */
    void touch(Shard shard) {
        touched.add(shard);
    }

    /** After the commit this is what the row wants; only the last word counts. */
    void settle(Row row, Demand demand) {
        settle.put(row, demand);
    }

    /** Whom this turn must look after, the most urgent first: what was settled, and whose time has come. */
    List<Row> wanted(List<Row> due) {
        var rows = new LinkedHashSet<>(settle.keySet());
        rows.addAll(due);
        return rows.stream().sorted(Urgency.ORDER).toList();
    }

    /** What the row was said to want, or null if this turn had nothing to say. */
    @Nullable
    Demand demand(Row row) {
        return settle.get(row);
    }

    /**
     * A create is called only right after a transaction that has its partition in it, and so not by a worker that lost the
     * partition without knowing it, however often it is asked again: the quarantine of a key counts on that (R8).
     */
    void coverCreates(List<Row> due, Instant now) {
        due.stream().filter(row -> creates(row.demand)).forEach(row -> touch(row.shard));
        settle.forEach((row, demand) -> {
            if (creates(demand) && !demand.due().isAfter(now)) {
                touch(row.shard);
            }
        });
    }

    private static boolean creates(@Nullable Demand demand) {
        return demand != null && (demand.op() == Demand.Op.CREATE || demand.op() == Demand.Op.OCCUPY);
    }

    boolean nothingToWrite() {
        return touched.isEmpty();
    }

    /** The transaction: the watermark record last in each partition, and every partition's position (R2). */
    LogPort.Batch batch(int generation, String transactionalId) {
        var positions = new HashMap<Integer, Long>();
        for (var shard : touched) {
            positions.put(shard.partition, shard.position);
            var watermark = new Watermark(shard.position, generation, transactionalId);
            writes.add(new LogPort.Write(shard.partition, Keys.watermark(), watermark.write()));
        }
        return new LogPort.Batch(writes, dead, positions);
    }

    void committed(List<Long> offsets) {
        specs.forEach((index, row) -> {
            row.specOffset = offsets.get(index);
            if (row.spec != null && row.spec.size() > KEPT) {
                row.spec = null;
            }
        });
    }

    private void add(Shard shard, byte[] key, byte @Nullable [] value) {
        touched.add(shard);
        writes.add(new LogPort.Write(shard.partition, key, value));
    }
}
